import { defineConfig } from 'twodoors/config';

export default defineConfig({
  lambda: {
    functionName: 'flaskr',
    memorySize: 1024,
    gateway: 'http',
    // A function has a server; see src/database.ts.
    external: ['@electric-sql/pglite'],
  },
});
