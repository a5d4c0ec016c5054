import { existsSync, readdirSync } from 'node:fs';

/** `x.lazy.ts` gives all of `x.ts` to whoever loads it, so that what is used of it cannot be seen. */
const lazy = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.lazy.ts'))
  .map((name) => `src/${name.replace(/\.lazy\.ts$/, '.ts')}`)
  .filter((name) => existsSync(name));

/** `npm run unused`: files, exports and packages that nothing uses. */
export default {
  entry: [
    'src/bootstrap-{koa,lambda}.ts',
    'src/cli/main.ts',
    'src/package/*.js',
    // Started as processes of their own.
    'src/cli/local-lambda/runtime/main.ts',
    'src/cli/dev/server-companion.ts',
    ...lazy,
    // The bundler puts them in the places of others.
    'src/runtime/declarations/reflect/reflect-slim.ts',
    'src/runtime/**/no-{validation,dtos,api-routes}.ts',
    'src/runtime/recorders/*.ts',
    'test/**/*.test.ts',
    '!test/matrix/{app,typed,recipes}/**',
    'test/!(matrix)/**/*.{js,cjs}',
    'test/*.{js,cjs}',
    'test/matrix/*.{js,cjs}',
    // Only compiled, or loaded by tests by their names.
    'test/**/signatures.ts',
    'test/planned/{changing,constant,rich}-app.ts',
  ],
  project: ['src/**/*.{ts,js}', 'test/**/*.{ts,js,cjs}'],
  // Made by openapi-typescript; and files of projects that test/matrix makes, with packages of their own.
  ignore: ['test/openapi/every-app-types.ts', 'test/matrix/{app,typed,recipes}/**'],
  ignoreExportsUsedInFile: true,
  ignoreDependencies: [
    // Made a module of its own by a hook.
    '@ts-morph/common',
    // It comes with jest.
    '@jest/globals',
    // Those of projects that tests write, and of commands that tests start.
    '@electric-sql/pglite',
    '@opentelemetry/.*',
    '@redocly/cli',
    'axe-core',
  ],
  ignoreBinaries: ['terraform', 'mkfifo', 'cfn-lint'],
};
