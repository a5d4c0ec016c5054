/** A bundle does what the sources do: the same replies at the Koa door and on Lambda, and nothing that nobody uses. */

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { jest } from '@jest/globals';
import { toRawRequest } from 'twodoors/testing';
import { askDoors } from './doc-doors.js';
import {
  BOOTSTRAPS,
  type BuiltBundle,
  bundle,
  bundleAll,
  makeProject,
  REPOSITORY,
  removeProjects,
} from './projects.js';

// It starts compilers and processes, beside all other tests.
jest.setTimeout(240_000);
afterAll(removeProjects);

/** A package in CommonJS that was an ES module before it was compiled. */
const COMPILED = {
  'node_modules/compiled/package.json': '{ "name": "compiled" }',
  'node_modules/compiled/index.js':
    "Object.defineProperty(exports, '__esModule', { value: true }); exports.default = () => 1; exports.named = 2;",
};

/** A package whose ES modules, which only bundlers know, are other code than what Node.js loads. */
const DUAL = {
  'node_modules/dual/package.json':
    '{ "name": "dual", "main": "main.js", "module": "module.js", "sideEffects": false }',
  'node_modules/dual/main.js':
    "Object.defineProperty(exports, '__esModule', { value: true }); exports.default = 'main default'; exports.named = 'main';",
  'node_modules/dual/module.js': "export default 'module default'; export const named = 'module';",
};

/** A package as TypeScript compiles it for CommonJS and AMD at once. */
const UNIVERSAL = {
  'node_modules/universal/package.json': '{ "name": "universal", "main": "main.js", "module": "module.js" }',
  'node_modules/universal/main.js': `(function (factory) {
    if (typeof module === "object" && typeof module.exports === "object") {
        var v = factory(require, exports);
        if (v !== undefined) module.exports = v;
    }
    else if (typeof define === "function" && define.amd) {
        define(["require", "exports", "./part"], factory);
    }
})(function (require, exports) {
    "use strict";
    Object.defineProperty(exports, "__esModule", { value: true });
    exports.value = require("./part").value;
});`,
  'node_modules/universal/part.js': "exports.value = 'main';",
  'node_modules/universal/module.js': "export const value = 'module';",
};

const appOf = (imports: string, expression: string) => `
import { Controller, defineApp, Get } from 'twodoors';
${imports}
@Controller() class Home { @Get('/') home() { return ${expression}; } }
export const app = defineApp({ controllers: [Home] });
`;
const WITHOUT_TYPE = { 'package.json': '{ "name": "app" }' };

function link(root: string, ...names: string[]): string {
  for (const name of names) symlinkSync(join(REPOSITORY, 'node_modules', name), join(root, 'node_modules', name));
  return root;
}

describe('both doors give the same', () => {
  const DEFAULT = appOf("import it, { named } from 'compiled';", '[typeof it, Object.keys(it), named]');
  const REFLECT = (expression: string) => appOf('const key = {};', expression);
  const rows: [what: string, files: Record<string, string>, reply: unknown][] = [
    [
      'default import of a CommonJS package in an app without "type"',
      { ...WITHOUT_TYPE, ...COMPILED, 'src/app.ts': DEFAULT },
      ['object', ['default', 'named'], 2],
    ],
    [
      'default import of a CommonJS package in an app with "type": "module"',
      { ...COMPILED, 'src/app.ts': DEFAULT },
      ['object', ['default', 'named'], 2],
    ],
    [
      'default import of a CommonJS file of the app without "type"',
      {
        ...WITHOUT_TYPE,
        'src/own.cjs': COMPILED['node_modules/compiled/index.js'],
        'src/app.ts': appOf("import it from './own.cjs';", 'typeof it'),
      },
      'object',
    ],
    [
      'side effects of a file in an app without "type"',
      {
        ...WITHOUT_TYPE,
        'src/effect.ts': "Object.assign(globalThis, { effect: 'seen' });",
        'src/app.ts': appOf("import './effect.js';", "'effect' in globalThis"),
      },
      true,
    ],
    [
      'default import of a package with "module" and "main"',
      { ...DUAL, 'src/app.ts': appOf("import it from 'dual';", 'it') },
      { default: 'main default', named: 'main' },
    ],
    [
      'default import of a package with "module" and "main" in an app without "type"',
      { ...WITHOUT_TYPE, ...DUAL, 'src/app.ts': appOf("import it from 'dual';", 'it') },
      { default: 'main default', named: 'main' },
    ],
    [
      'named import of a package with "module" and "main"',
      { ...DUAL, 'src/app.ts': appOf("import { named } from 'dual';", 'named') },
      'main',
    ],
    [
      'namespace import of a package with "module" and "main"',
      { ...DUAL, 'src/app.ts': appOf("import * as all from 'dual';", '[all.named, all.default]') },
      ['main', { default: 'main default', named: 'main' }],
    ],
    [
      'import() of a package with "module" and "main"',
      { ...DUAL, 'src/app.ts': appOf('', "import('dual').then((all) => [all.named, all.default])") },
      ['main', { default: 'main default', named: 'main' }],
    ],
    [
      'a package with "module" and "main" in another package',
      {
        ...DUAL,
        'node_modules/user/package.json': '{ "name": "user" }',
        'node_modules/user/index.js': "const { default: it, named } = require('dual'); exports.seen = [it, named];",
        'src/app.ts': appOf("import { seen } from 'user';", 'seen'),
      },
      ['main default', 'main'],
    ],
    [
      'a folder of a package, with "module" and "main" of its own',
      {
        ...DUAL,
        'node_modules/user/package.json': '{ "name": "user" }',
        'node_modules/user/index.js': "exports.seen = require('./part').named;",
        'node_modules/user/part/package.json': '{ "main": "../../dual/main.js", "module": "../../dual/module.js" }',
        'src/app.ts': appOf("import { seen } from 'user';", 'seen'),
      },
      'main',
    ],
    [
      'a package with conditions that only bundlers or only Node.js know',
      {
        'node_modules/dual/package.json':
          '{ "name": "dual", "exports": { "module": "./a.mjs", "module-sync": "./b.mjs", "import": "./c.mjs" } }',
        'node_modules/dual/a.mjs': "export const named = 'module';",
        'node_modules/dual/b.mjs': "export const named = 'module-sync';",
        'node_modules/dual/c.mjs': "export const named = 'import';",
        'src/app.ts': appOf("import { named } from 'dual';", 'named'),
      },
      'module-sync',
    ],
    [
      'default import of class-validator, whose "module" is in the bundle',
      {
        'src/app.ts': appOf(
          "import it, { isInt } from 'class-validator';",
          '[it.isInt(1), it.isInt === isInt, Object.keys(it).length > 100]',
        ),
      },
      [true, true, true],
    ],
    [
      'namespace import of class-validator',
      {
        'src/app.ts': appOf(
          "import * as all from 'class-validator';",
          '[all.isInt(1), (all as any).default.isInt === all.isInt]',
        ),
      },
      [true, true],
    ],
    [
      'a package in CommonJS and AMD at once',
      { ...UNIVERSAL, 'src/app.ts': appOf("import it from 'universal';", 'it.value') },
      'main',
    ],
    [
      'Reflect.hasMetadata without an import',
      { 'src/app.ts': REFLECT("[Reflect.hasMetadata('x', key), Reflect.getMetadataKeys(key)]") },
      [false, []],
    ],
    [
      'Reflect by a destructured name',
      { 'src/app.ts': appOf('const { deleteMetadata } = Reflect as any;', 'typeof deleteMetadata') },
      'function',
    ],
    ['Reflect by a computed name', { 'src/app.ts': REFLECT("typeof Reflect['hasOwnMetadata']") }, 'function'],
    [
      'Reflect in a package',
      {
        'node_modules/reflecting/package.json': '{ "name": "reflecting" }',
        'node_modules/reflecting/index.js': 'exports.keys = () => Reflect.getOwnMetadataKeys({});',
        'src/app.ts': appOf("import { keys } from 'reflecting';", 'keys()'),
      },
      [],
    ],
  ];
  test.each(rows)('%s', async (_what, files, reply) => {
    const root = makeProject({ ...BOOTSTRAPS, ...files });
    const [doors] = await askDoors([{ root, requests: [toRawRequest('/')] }]);
    if (doors === undefined || 'error' in doors) throw new Error(String(doors?.error));
    const got = Object.entries(doors).map(([door, [response]]) => [door, response!.text()]);
    const text = typeof reply === 'string' ? reply : JSON.stringify(reply);
    expect(got).toEqual(Object.keys(doors).map((door) => [door, text]));
    expect(got).toHaveLength(6);
  });
});

const sizeOf = (built: BuiltBundle, name: string) =>
  built.modules
    .filter((each) => each.name.startsWith(`node_modules/${name}/`))
    .reduce((sum, { bytes }) => sum + bytes, 0);

describe('a bundle contains', () => {
  const schemaApp = (imports: string, schema: string, type: string) => `
import { Body, Controller, defineApp, Post } from 'twodoors';
${imports}
const Todo = ${schema};
@Controller() class Home { @Post('/') add(@Body(Todo) todo: ${type}) { return todo; } }
export const app = defineApp({ controllers: [Home] });
`;

  test('everything that twodoors exports, without a warning', async () => {
    const app = `
import * as twodoors from 'twodoors';
@twodoors.Controller() class Home { @twodoors.Get('/') names() { return Object.keys(twodoors); } }
export const app = twodoors.defineApp({ controllers: [Home] });
`;
    const root = makeProject({ ...BOOTSTRAPS, 'src/app.ts': app });
    const built = [(await bundleAll([root], 'lambda'))[0]!, (await bundleAll([root], 'server'))[0]!] as BuiltBundle[];
    expect(built.map(({ warnings }) => warnings)).toEqual([[], []]);
  });

  test('only the used part of a schema library whose namespace is in the type of a parameter', async () => {
    const zod = 'z.object({ title: z.string() })';
    const apps = [
      schemaApp("import * as z from 'zod';", zod, 'z.infer<typeof Todo>'),
      schemaApp("import { z } from 'zod';", zod, 'z.infer<typeof Todo>'),
      schemaApp("import * as z from 'zod';", zod, 'z.output<typeof Todo>'),
      schemaApp("import * as v from 'valibot';", 'v.object({ title: v.string() })', 'v.InferOutput<typeof Todo>'),
    ];
    const roots = apps.map((app) => link(makeProject({ ...BOOTSTRAPS, 'src/app.ts': app }), 'zod', 'valibot'));
    const built = (await bundleAll(roots, 'lambda')) as BuiltBundle[];
    expect(built.map(({ warnings }) => warnings)).toEqual([[], [], [], []]);
    const sizes = built.map((each, i) => sizeOf(each, i < 3 ? 'zod' : 'valibot'));
    console.log(`schema libraries: ${sizes.join(', ')} bytes`);
    for (const size of sizes.slice(0, 3)) expect(size).toBeLessThan(100 * 1024);
    expect(sizes[3]).toBeLessThan(5 * 1024);
    expect(Math.min(...sizes)).toBeGreaterThan(1024);
  });

  test('a class whose namespace is in the type of a parameter', async () => {
    const root = makeProject({
      ...BOOTSTRAPS,
      'src/models.ts':
        "import { IsInt } from 'class-validator'; export class Todo { @IsInt() rank!: number; } export class Other {}",
      'src/app.ts': `
import { Body, Controller, defineApp, Post } from 'twodoors';
import * as models from './models.js';
@Controller() class Home { @Post('/') add(@Body() todo: models.Todo) { return [todo.constructor.name]; } }
export const app = defineApp({ controllers: [Home] });
`,
    });
    const request = (body: object) => toRawRequest('/', { method: 'POST', json: body });
    const [doors] = await askDoors([{ root, requests: [request({ rank: 1 }), request({ rank: 'x' })] }]);
    if (doors === undefined || 'error' in doors) throw new Error(String(doors?.error));
    const got = Object.values(doors);
    expect(got.map((responses) => responses.map(({ status }) => status))).toEqual(Array(6).fill([200, 400]));
  });

  test('reflect-metadata once, whichever file of it the app imports', async () => {
    const roots = ['reflect-metadata', 'reflect-metadata/lite', 'reflect-metadata/Reflect.js'].map((name) =>
      link(
        makeProject({ ...BOOTSTRAPS, 'src/app.ts': appOf(`import '${name}';`, 'Reflect.hasMetadata(1, {})') }),
        'reflect-metadata',
      ),
    );
    const built = (await bundleAll(roots, 'lambda')) as BuiltBundle[];
    const found = built.map(({ modules }) =>
      modules.map(({ name }) => name).filter((name) => /reflect-metadata/.test(name)),
    );
    expect(found).toEqual(Array(3).fill(['node_modules/reflect-metadata/ReflectLite.js']));
  });

  test('the size of a JSON module as that of its package', async () => {
    const json = JSON.stringify(Array.from({ length: 5000 }, (_, i) => `text ${i}`));
    const built = await bundle(
      makeProject({
        ...BOOTSTRAPS,
        'node_modules/with-json/package.json': '{ "name": "with-json" }',
        'node_modules/with-json/index.js': "exports.texts = require('./texts.json');",
        'node_modules/with-json/texts.json': json,
        'src/app.ts': appOf("import { texts } from 'with-json';", 'texts.length'),
      }),
      'lambda',
    );
    expect(sizeOf(built, 'with-json') / json.length).toBeCloseTo(1, 0);
    // What the bundler adds is what its files need to find each other: some 200 bytes a file.
    const files = [...built.files.keys()].filter((name) => name.endsWith('.js')).length;
    expect(built.modules.find(({ name }) => name.startsWith('rolldown/'))!.bytes / files).toBeLessThan(250);
  });
});

describe('class-validator is recognised', () => {
  const APP = {
    ...BOOTSTRAPS,
    'src/app.ts': `
import { IsInt } from 'class-validator';
import { Body, Controller, defineApp, Post } from 'twodoors';
class Todo { @IsInt() rank!: number; }
@Controller() class Home { @Post('/') add(@Body() todo: Todo) { return todo; } }
export const app = defineApp({ controllers: [Home] });
`,
  };
  /** Moves the package to a folder, and links it from there. */
  const moveTo = (folder: string) => {
    const root = makeProject(APP);
    const installed = join(root, 'node_modules/class-validator');
    rmSync(installed);
    mkdirSync(join(root, folder, '..'), { recursive: true });
    cpSync(join(REPOSITORY, 'node_modules/class-validator'), join(root, 'copy'), { recursive: true });
    renameSync(join(root, 'copy'), join(root, folder));
    symlinkSync(join(root, folder), installed);
    for (const name of ['validator', 'libphonenumber-js']) link(root, name);
    return root;
  };
  const places = [
    ['in the store of pnpm', 'node_modules/.pnpm/class-validator@0.15.1/node_modules/class-validator'],
    ["in the store of yarn's pnpm linker", 'node_modules/.store/class-validator-npm-0.15.1-1234567890/package'],
    ['in a linked folder of the app', 'vendor/validation'],
  ] as const;
  test.each(places)('%s', async (_place, folder) => {
    const root = moveTo(folder);
    const request = toRawRequest('/', { method: 'POST', json: { rank: 'x' } });
    const [doors] = await askDoors([{ root, requests: [request] }]);
    if (doors === undefined || 'error' in doors) throw new Error(String(doors?.error));
    expect(Object.values(doors).map(([response]) => response!.status)).toEqual(Array(6).fill(400));
  });
});

describe('a build refuses', () => {
  const messageOf = async (root: string) => {
    const error = await bundle(root, 'lambda').catch((thrown: Error) => thrown);
    return error instanceof Error ? error.message : 'it was built';
  };

  test('a native addon, with its name and the setting that puts its package into the zip', async () => {
    const root = makeProject({
      ...BOOTSTRAPS,
      'node_modules/@scope/native/package.json': '{ "name": "@scope/native" }',
      'node_modules/@scope/native/index.js': "module.exports = require('./build/addon.node');",
      'node_modules/@scope/native/build/addon.node': '\u007fELF',
      'src/app.ts': appOf("import native from '@scope/native';", 'native'),
    });
    expect(await messageOf(root)).toBe(
      `node_modules/@scope/native/build/addon.node is a native addon, which a bundle cannot contain. Put its package into the zip as it is: zipPackages: ['@scope/native'] below "lambda" in twodoors.config.ts. If a layer has it, leave it out: --external @scope/native.`,
    );
  });

  test.each(['koa', 'lambda'])('views without nunjucks, at the door %s', async (door) => {
    const root = makeProject({
      ...BOOTSTRAPS,
      'src/views/index.html': '',
      'src/app.ts':
        "import { defineApp } from 'twodoors'; import { nunjucks } from 'twodoors/views'; export const app = defineApp({ controllers: [], views: nunjucks() });",
    });
    // A copy of the package as npm installs it, without the optional peer dependency.
    rmSync(join(root, 'node_modules/twodoors'));
    for (const name of ['dist', 'package.json']) {
      cpSync(join(REPOSITORY, name), join(root, 'node_modules/twodoors', name), { recursive: true });
    }
    const { dependencies } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    const installed = join(root, 'node_modules/twodoors/node_modules');
    for (const name of Object.keys(dependencies)) {
      mkdirSync(dirname(join(installed, name)), { recursive: true });
      symlinkSync(join(REPOSITORY, 'node_modules', name), join(installed, name));
    }
    const main = join(root, 'node_modules/twodoors/dist/cli/main.js');
    const { status, stderr } = spawnSync(process.execPath, [main, 'build', door], { cwd: root, encoding: 'utf8' });
    expect([status, stderr.trim()]).toEqual([
      1,
      'The app imports twodoors/views, but nunjucks is not installed. Install it: npm install nunjucks.',
    ]);
  });
});
