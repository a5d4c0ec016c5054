import { transformFile } from '@swc/core';
import { build } from 'esbuild';
import { precompileViews } from 'twodoors/build';

/** SWC compiles decorators with the types of their parameters, which esbuild does not emit. */
const decorators = {
  name: 'decorators',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const { code } = await transformFile(path, {
        sourceMaps: 'inline',
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
      });
      return { contents: code };
    });
  },
};

await precompileViews({ folders: ['src/views'], file: 'build/views.js' });
await build({
  entryPoints: ['src/bootstrap-lambda.ts'],
  outfile: 'build/lambda.cjs',
  bundle: true,
  platform: 'node',
  target: 'node20',
  minify: true,
  // Class names are in url_for('TodoController.create') and in messages.
  keepNames: true,
  // So that OpenTelemetry and Datadog can wrap the handler.
  footer: { js: 'module.exports = { ...module.exports };' },
  plugins: [decorators],
});
