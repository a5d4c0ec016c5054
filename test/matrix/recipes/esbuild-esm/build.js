import { build } from 'esbuild';

await build({
  entryPoints: { lambda: 'dist/bootstrap-lambda.js', server: 'dist/bootstrap-koa.js' },
  outdir: 'build',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  minify: true,
  keepNames: true,
  // Packages in CommonJS call require, which an ES module does not have.
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
});
