import commonjs from '@rollup/plugin-commonjs';
import json from '@rollup/plugin-json';
import nodeResolve from '@rollup/plugin-node-resolve';
import typescript from '@rollup/plugin-typescript';

export default {
  input: { lambda: 'src/bootstrap-lambda.ts', server: 'src/bootstrap-koa.ts' },
  output: { dir: 'build/out', format: 'es', entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' },
  plugins: [
    nodeResolve({ preferBuiltins: true, exportConditions: ['node'], mainFields: ['main'] }),
    commonjs(),
    json(),
    typescript({
      compilerOptions: { module: 'esnext', moduleResolution: 'bundler', outDir: 'build/out', rootDir: undefined },
    }),
  ],
};
