import type { Check, Recipe } from './recipe.js';

/** What is compiled file by file runs with its packages and its views beside it. */
const BOTH_DOORS: readonly Check[] = [
  { run: 'npm run build' },
  { lambda: 'dist/bootstrap-lambda.js' },
  { server: 'node dist/bootstrap-koa.js' },
];

const tsc = (version: string): Recipe => ({
  name: `tsc-${version}`,
  group: 'compilers',
  title: `tsc ${version}`,
  tools: ['typescript'],
  verdict: 'works',
  note: '`experimentalDecorators` and `emitDecoratorMetadata`.',
  checks: BOTH_DOORS,
});

export const compilers: readonly Recipe[] = [
  tsc('5.4'),
  tsc('5.9'),
  tsc('6'),
  tsc('7'),
  {
    name: 'swc-cli',
    group: 'compilers',
    title: 'SWC',
    tools: ['@swc/cli', '@swc/core'],
    verdict: 'works',
    note: '`legacyDecorator` and `decoratorMetadata` in `.swcrc`.',
    checks: BOTH_DOORS,
  },
  {
    name: 'babel',
    group: 'compilers',
    title: 'Babel',
    tools: ['@babel/core', 'babel-plugin-transform-typescript-metadata', 'babel-plugin-parameter-decorator'],
    verdict: 'cannot',
    note: "`babel-plugin-parameter-decorator`, which Babel needs, drops the decorators of parameters that have a default, without an error: `@Query('limit') limit: number = 10` is always 10.",
    checks: [
      { run: 'npm run build' },
      { lambda: 'dist/bootstrap-lambda.js', fails: 'GET /todos?limit=many is {"status":200,' },
    ],
  },
  {
    name: 'esbuild-transform',
    group: 'compilers',
    title: 'esbuild, file by file',
    tools: ['esbuild'],
    isTyped: true,
    verdict: 'by hand',
    note: 'Pass every type to its decorator. Without one, the app does not start, and the message names the parameter.',
    checks: [
      ...BOTH_DOORS,
      { run: 'cp untyped.ts src/todo.controller.ts && npm run build' },
      { lambda: 'dist/bootstrap-lambda.js', fails: 'TodoController.create, parameter 1' },
    ],
  },
  {
    name: 'tsx',
    group: 'compilers',
    title: 'tsx',
    tools: ['tsx'],
    isTyped: true,
    verdict: 'by hand',
    note: 'Pass every type to its decorator: tsx is esbuild. It reads `experimentalDecorators` only for files that `include` of `tsconfig.json` covers.',
    checks: [
      { server: 'tsx src/bootstrap-koa.ts' },
      { run: 'cp untyped.ts src/todo.controller.ts' },
      { server: 'tsx src/bootstrap-koa.ts', fails: 'TodoController.create, parameter 1' },
    ],
  },
  {
    name: 'ts-node',
    group: 'compilers',
    title: 'ts-node',
    tools: ['ts-node', 'typescript'],
    verdict: 'works',
    note: 'As an ES module loader: `node --import ./register.js`. It type-checks, and starts slowly. TypeScript up to 6: 7 does not have the API that it uses.',
    checks: [
      { server: 'node --import ./register.js src/bootstrap-koa.ts' },
      { run: 'npm install --prefer-offline --no-audit --no-fund --loglevel=error typescript@7.0.2' },
      { server: 'node --import ./register.js src/bootstrap-koa.ts', fails: "reading 'fileExists'" },
    ],
  },
  {
    name: 'bun-run',
    group: 'compilers',
    title: 'Bun',
    tools: ['bun'],
    verdict: 'works',
    note: 'Bun reads the two decorator options from `tsconfig.json`, and runs the Koa door.',
    checks: [{ server: 'bun src/bootstrap-koa.ts' }],
  },
  {
    name: 'node-types',
    group: 'compilers',
    title: "Node's own type stripping",
    tools: ['node'],
    verdict: 'cannot',
    note: 'It removes types and compiles nothing, so that a decorator is a syntax error, in Node.js 26 too.',
    checks: [{ server: 'node src/plain.ts', fails: 'SyntaxError: Invalid or unexpected token' }],
  },
  {
    name: 'ecmascript-decorators',
    group: 'compilers',
    title: 'ECMAScript decorators',
    tools: ['typescript'],
    verdict: 'cannot',
    note: 'Without `experimentalDecorators`, TypeScript compiles the decorators of ECMAScript, which parameters cannot have.',
    checks: [{ run: 'npm run build', fails: 'error TS1206: Decorators are not valid here.' }],
  },
];
