import { defineConfig } from 'twodoors/config';

export default defineConfig({
  // It has WebAssembly and files of its own.
  koa: { external: ['@electric-sql/pglite'] },
  lambda: {
    functionName: 'flaskr',
    memorySize: 1024,
    gateway: 'http',
    // A function has a server; see src/database.ts.
    external: ['@electric-sql/pglite'],
  },
});
