import commonjs from '@rollup/plugin-commonjs';
import json from '@rollup/plugin-json';
import nodeResolve from '@rollup/plugin-node-resolve';
import swc from '@rollup/plugin-swc';

export default {
  input: 'src/bootstrap-lambda.ts',
  output: { file: 'build/lambda.cjs', format: 'cjs', inlineDynamicImports: true },
  plugins: [
    swc({
      include: '**/*.ts',
      swc: {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
      },
    }),
    nodeResolve({
      preferBuiltins: true,
      exportConditions: ['node'],
      mainFields: ['main'],
      extensions: ['.ts', '.mjs', '.js', '.json'],
    }),
    commonjs(),
    json(),
  ],
};
