import { defineConfig } from 'vite';

export default defineConfig({
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'build/out',
    rollupOptions: { input: { lambda: 'src/bootstrap-lambda.ts', server: 'src/bootstrap-koa.ts' } },
  },
  // All packages go into the bundle.
  ssr: { noExternal: true },
});
