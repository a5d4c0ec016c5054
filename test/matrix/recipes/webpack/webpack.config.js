import TerserPlugin from 'terser-webpack-plugin';
import webpack from 'webpack';

export default {
  mode: 'production',
  target: 'node20',
  entry: './src/bootstrap-lambda.ts',
  output: { path: `${import.meta.dirname}/build`, filename: 'lambda.cjs', library: { type: 'commonjs2' } },
  resolve: { extensions: ['.ts', '.js'], extensionAlias: { '.js': ['.ts', '.js'] } },
  // Class names are in url_for('TodoController.create') and in messages.
  optimization: { minimizer: [new TerserPlugin({ terserOptions: { keep_classnames: true } })] },
  // So that OpenTelemetry and Datadog can wrap the handler.
  plugins: [new webpack.BannerPlugin({ banner: 'module.exports = { ...module.exports };', raw: true, footer: true })],
  module: {
    rules: [
      {
        test: /\.ts$/,
        loader: 'swc-loader',
        options: {
          jsc: {
            target: 'es2022',
            parser: { syntax: 'typescript', decorators: true },
            transform: { legacyDecorator: true, decoratorMetadata: true },
          },
        },
      },
    ],
  },
};
