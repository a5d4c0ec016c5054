import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { makeProject, REPOSITORY, removeProjects } from '../projects.js';
import { runCommand } from '../run-command.js';

afterAll(removeProjects);

const TSCONFIG = JSON.stringify({
  compilerOptions: { module: 'nodenext', strict: true, experimentalDecorators: true, emitDecoratorMetadata: true },
});
const GOOD = {
  'tsconfig.json': TSCONFIG,
  'src/bootstrap-koa.ts': "import { serve } from 'twodoors/koa'; import { app } from './app.js'; await serve(app);",
  'src/app.ts': "import { defineApp } from 'twodoors'; export const app = defineApp({ controllers: [] });",
};

/** Runs `twodoors doctor` on a project; its lines without what is right. */
async function examine(files: Record<string, string>, packages: readonly string[] = ['typescript']) {
  const root = makeProject({ ...GOOD, ...files });
  for (const name of packages) symlinkSync(join(REPOSITORY, 'node_modules', name), join(root, 'node_modules', name));
  const { code, output } = await runCommand(['doctor'], root);
  return {
    code,
    lines: output.split('\n').filter((line) => line.trim() !== '' && !/^ok | {9}[\s\d]*[│╭╰─]/.test(line)),
  };
}

test('a good project has no errors, and each check says what it saw', async () => {
  const root = makeProject(GOOD);
  symlinkSync(join(REPOSITORY, 'node_modules/typescript'), join(root, 'node_modules/typescript'));
  const { code, output } = await runCommand(['doctor'], root);
  expect([code, output.split('\n')]).toEqual([
    0,
    [
      `ok       Node.js ${process.versions.node}`,
      expect.stringMatching(/^ok {7}TypeScript 7\./),
      'ok       the options in tsconfig.json',
      'ok       decorator metadata',
      'ok       one copy each of twodoors, class-validator and reflect-metadata',
      'ok       imports of DTOs',
      'ok       optional peers',
      'ok       src/bootstrap-koa.ts',
      '',
      '0 errors, 0 warnings',
    ],
  ]);
});

const OTHER = { 'node_modules/lib/package.json': '{ "name": "lib" }' };
const copyOf = (name: string, version: string) => ({
  ...OTHER,
  [`node_modules/lib/node_modules/${name}/package.json`]: JSON.stringify({ name, version }),
});

test.each<[string, Record<string, string>, number, RegExp[]]>([
  [
    'an import that leads nowhere',
    { 'src/app.ts': "import { x } from './gone.js'; export const app = x;" },
    1,
    [
      /^error .*src\/bootstrap-koa\.ts cannot be compiled:/,
      /Could not resolve '\.\/gone\.js' in src\/app\.ts/,
      /add the file\./,
    ],
  ],
  [
    'options of tsconfig.json, also in an extended file',
    {
      'tsconfig.json': '{ "extends": "./other.json" }',
      'other.json': TSCONFIG.replace('"emitDecoratorMetadata":true', '"noEmit":true'),
    },
    1,
    [/^error .*does not set emitDecoratorMetadata\./, /Fix: Set "emitDecoratorMetadata": true/],
  ],
  [
    'views without nunjucks',
    { 'src/views.ts': "import { nunjucks } from 'twodoors/views'; nunjucks();" },
    1,
    [/^error .*src\/views\.ts needs nunjucks, which is not installed\./, /Fix: npm install nunjucks@"\^3\.2\.4"/],
  ],
  [
    'a second version of twodoors',
    copyOf('twodoors', '0.0.9'),
    1,
    [
      /^error .*several versions of twodoors.* 0\.0\.9 in node_modules\/lib\/node_modules\/twodoors/,
      /Fix: .*npm ls twodoors/,
    ],
  ],
  [
    'a second version of class-validator',
    copyOf('class-validator', '0.14.1'),
    0,
    [/^warning .*several versions of class-validator/, /Fix: /],
  ],
  [
    'a DTO behind import type',
    { 'src/a.ts': "import type { Todo } from './todo.js'; class A { add(@Body() todo: Todo) {} }" },
    1,
    [/^error .*src\/a\.ts imports Todo as a type/, /Fix: Import it as a value/],
  ],
  [
    'Biome, whose rules write import type',
    { 'biome.json': '{}' },
    0,
    [/^warning .*biome\.json/, /"useImportType": "off"/],
  ],
  [
    'typescript-eslint, whose rule writes import type',
    { 'eslint.config.js': "export default [{ rules: { '@typescript-eslint/consistent-type-imports': 'error' } }];" },
    0,
    [/^warning .*eslint\.config\.js/, /emitDecoratorMetadata/],
  ],
  [
    'a compiler without metadata',
    { 'package.json': '{ "name": "app", "type": "module", "scripts": { "serve": "tsx src/bootstrap-koa.ts" } }' },
    0,
    [/^warning .*"serve" uses tsx/, /@Body\(CreateTodo\)/],
  ],
  [
    'swc whose settings leave out metadata',
    { 'package.json': '{ "name": "app", "type": "module", "scripts": { "compile": "swc src -d out" } }' },
    0,
    [/^warning .*"compile" uses swc, whose \.swcrc does not set decoratorMetadata/, /"decoratorMetadata": true/],
  ],
  [
    "a script that uses Node.js's own type stripping without a flag",
    { 'package.json': '{ "name": "app", "type": "module", "scripts": { "serve": "node src/bootstrap-koa.ts" } }' },
    0,
    [/^warning .*"serve" uses Node\.js's type stripping/, /@Body\(CreateTodo\)/],
  ],
  [
    'engines that allow a Node.js which cannot run it',
    { 'package.json': '{ "name": "app", "type": "module", "engines": { "node": ">=18" } }' },
    0,
    [/^warning .*"engines" .*>=18/, /Fix: Set "engines": \{ "node": "\^20\.19\.0 \|\| >=22\.12\.0" \}/],
  ],
  [
    'tokens without jose',
    { 'src/users.ts': "import { auth, bearer } from 'twodoors/auth'; export const x = [auth, bearer];" },
    1,
    [/^error .*src\/users\.ts needs jose, which is not installed\./, /npm install jose@/],
  ],
  [
    'a peer in a version of its own',
    {
      'node_modules/keyv/package.json': '{ "name": "keyv", "version": "6.0.0", "main": "index.js" }',
      'node_modules/keyv/index.js': '',
      'src/store.ts': "import Keyv from 'keyv'; export { Keyv };",
    },
    0,
    [/^warning .*keyv 6\.0\.0 is installed, but twodoors is made for \^5\.0\.0\./, /npm install keyv@"\^5\.0\.0"/],
  ],
])('finds %s', async (_name, files, exitCode, expected) => {
  const { code, lines } = await examine(files);
  expect([code, lines.slice(0, -1)]).toEqual([exitCode, expected.map((pattern) => expect.stringMatching(pattern))]);
});

test('finds a second version of twodoors above a workspace', async () => {
  const root = makeProject({
    ...Object.fromEntries(Object.entries(GOOD).map(([name, text]) => [`packages/web/${name}`, text])),
    'packages/web/package.json': '{ "name": "web", "type": "module" }',
    ...copyOf('twodoors', '0.0.9'),
  });
  const { code, output } = await runCommand(['doctor'], join(root, 'packages/web'));
  expect(code).toBe(1);
  expect(output).toMatch(/^error .*several versions of twodoors/m);
});

const JEST = '{ "name": "app", "type": "module", "devDependencies": { "jest": "^30.0.0" } }';

test('finds Jest without metadata, and a project without TypeScript', async () => {
  expect((await examine({ 'package.json': JEST, 'jest.config.js': 'export default {};' }, [])).lines).toEqual([
    expect.stringMatching(/^warning .*TypeScript is not installed/),
    expect.stringMatching(/Fix: /),
    expect.stringMatching(/^warning .*Jest is not set up/),
    expect.stringMatching(/Fix: .*decoratorMetadata: true/),
    '0 errors, 2 warnings',
  ]);
});
