/**
 * A bundle that uses only decorators of class-validator has recorders in their place. Nobody notices, except that
 * class-validator is not loaded before something needs it.
 */

import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { doorNames, toRawRequest } from 'twodoors/testing';
import type { BundleOptions } from '../../src/cli/bundle/bundle-lambda.js';
import { sharesOf } from '../../src/cli/report/package-share.js';
import { dtoRows } from '../contract/dto-cases.js';
import { checkRow, rowsOf } from '../contract/run-rows.js';
import { askDoors, type DoorReplies } from '../doc-doors.js';
import {
  BOOTSTRAPS,
  type BuiltBundle,
  bundleAll,
  makeProject,
  REPOSITORY,
  removeProjects,
  writeFile,
} from '../projects.js';
import { decoratedFunction, decoratorNames } from './every-decorator.js';

// It starts compilers and processes, beside all other tests. Each app is bundled up to three times.
jest.setTimeout(300_000);
afterAll(removeProjects);

const built = (result: BuiltBundle | Error | undefined): BuiltBundle => {
  if (result instanceof Error) throw result;
  return result!;
};

const isRecording = ({ files }: BuiltBundle) => files.has('class-validator.js');

/** Writes a bundle to a folder, and runs a script in a process of its own that takes the folder. */
function runIn({ files }: BuiltBundle, script: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'twodoors-task-'));
  try {
    for (const [name, content] of files) writeFile(folder, name, content as unknown as string);
    return execFileSync(process.execPath, [...script, folder], { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('class-validator’s storage, once it is read', () => {
  interface Described {
    readonly isLoadedBefore: boolean;
    readonly isLoadedAfter: boolean;
    readonly described: { readonly before: { validations: [string, unknown[]][] }; readonly after: unknown };
  }
  let recorded: Described;
  let direct: Described;
  beforeAll(async () => {
    const roots = ['', 'Object.assign(globalThis, { used: v.validateSync });'].map((more) =>
      makeProject({ 'src/bootstrap-lambda.ts': decoratedFunction(more) }),
    );
    const bundles = (await bundleAll(roots, 'lambda')).map(built);
    expect(bundles.map(isRecording)).toEqual([true, false]);
    const script = [join(REPOSITORY, 'test/recorders/describe-storage.cjs')];
    [recorded, direct] = bundles.map((each) => JSON.parse(runIn(each, script)) as Described) as [Described, Described];
  });

  test('has exactly what the decorators themselves would have put there', () => {
    expect(recorded.described).toEqual(direct.described);
  });

  test('has all decorators of class-validator', () => {
    const [name, validations] = recorded.described.before.validations[0]!;
    expect(decoratorNames.length).toBeGreaterThan(100);
    expect([name, validations.length]).toEqual(['Every', 2 * decoratorNames.length]);
    const classes = recorded.described.before.validations.map(([each]) => each);
    expect(classes).toEqual([
      'Every',
      'Custom',
      'Function',
      'Below',
      'Twice',
      'Changed',
      'Changing',
      'Frozen',
      'Replaced',
    ]);
  });

  test('is when class-validator is loaded, and not before', () => {
    expect([recorded.isLoadedBefore, recorded.isLoadedAfter]).toEqual([false, true]);
  });
});

/** An app with a DTO, whose module has more code. */
const appWith = (code: string) => ({
  ...BOOTSTRAPS,
  'src/app.ts': `
import { Body, Controller, defineApp, Get, Post } from 'twodoors';
import { IsInt } from 'class-validator';
${code}
class Todo { @IsInt() rank!: number; }
@Controller() class Home { @Get('/') get() { return 'got'; } @Post('/') add(@Body() todo: Todo) { return todo; } }
export const app = defineApp({ controllers: [Home] });
`,
});

/** A package, and an import of it. */
const withPackage = (code: string, isModule = true) => ({
  'node_modules/other/package.json': `{ "name": "other", "main": "index.js", ${isModule ? '"type": "module"' : '"x": 1'} }`,
  'node_modules/other/index.js': code,
  ...appWith("import { other } from 'other'; Object.assign(globalThis, { other });"),
});

/** Copies the package to another place, as if it were installed there too. */
const copyTo = (root: string, folder: string) => {
  cpSync(join(REPOSITORY, 'node_modules/class-validator'), join(root, folder), { recursive: true });
  for (const name of ['validator', 'libphonenumber-js']) {
    symlinkSync(join(REPOSITORY, 'node_modules', name), join(root, 'node_modules', name));
  }
};

test('what can be recorded are decorators, and the functions that make them', async () => {
  const script = `
    import { readValidatorExports } from ${JSON.stringify(new URL('../../dist/cli/bundle/plugins/validator-usage.js', import.meta.url).href)};
    const exported = await readValidatorExports(${JSON.stringify(join(REPOSITORY, 'node_modules/class-validator/esm5/index.js'))});
    console.log(JSON.stringify([exported.all, [...exported.recordable]]));`;
  const [all, recordable] = JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }),
  ) as [string[], string[]];
  const others = ['ValidatorConstraint', 'registerDecorator', 'buildMessage'];
  expect(recordable.sort()).toEqual([...decoratorNames, ...others].sort());
  expect(all).toEqual(expect.arrayContaining(['validate', 'ValidationError', 'isEmail', 'IS_EMAIL', 'default']));
});

describe('a bundle has recorders', () => {
  type UseRow = readonly [
    what: string,
    files: Record<string, string>,
    hasRecorders: boolean,
    prepare?: (root: string) => void,
  ];
  const use = (names: string) =>
    appWith(`import { ${names} } from 'class-validator'; Object.assign(globalThis, { used: [${names}] });`);
  const rows: UseRow[] = [
    ['if it uses decorators', appWith(''), true],
    [
      'if it uses decorators through a namespace',
      appWith("import * as v from 'class-validator'; class Other { @v.IsString() name!: string; }"),
      true,
    ],
    ['if it passes a decorator on', use('IsString'), true],
    ['if it makes decorators', use('ValidateBy, buildMessage, registerDecorator, ValidatorConstraint'), true],
    [
      'if it uses other names as types only',
      appWith(
        "import { type ValidationArguments, ValidationError, type Validator } from 'class-validator'; export const seen = (error: ValidationError, call: ValidationArguments, by: Validator) => [error, call, by];",
      ),
      true,
    ],
    [
      'if it imports a function that it does not use',
      appWith("import { validate } from 'class-validator'; export const unused = () => validate({});"),
      true,
    ],
    [
      'if a package makes decorators',
      withPackage(
        "import { ValidateBy } from 'class-validator'; export const other = () => ValidateBy({ name: 'other', validator: { validate: () => true } });",
      ),
      true,
    ],
    ['not if it validates', use('validate'), false],
    [
      'not if a class is the type of a decorated parameter',
      appWith(
        "import { ValidationError } from 'class-validator'; @Controller('/more') class More { @Get() get(error?: ValidationError) { return error; } } Object.assign(globalThis, { More });",
      ),
      false,
    ],
    [
      'not if it imports the whole by default',
      appWith("import all from 'class-validator'; Object.assign(globalThis, { all });"),
      false,
    ],
    [
      'not if a namespace escapes',
      appWith("import * as v from 'class-validator'; Object.assign(globalThis, { v });"),
      false,
    ],
    [
      'not if it imports all on demand',
      appWith("Object.assign(globalThis, { load: () => import('class-validator') });"),
      false,
    ],
    [
      'not if it imports a part',
      appWith(
        "import { IsString } from 'class-validator/esm5/decorator/typechecker/IsString.js'; class Other { @IsString() name!: string; }",
      ),
      false,
    ],
    [
      'not if a CommonJS package requires it',
      withPackage("exports.other = require('class-validator').IsString;", false),
      false,
    ],
    [
      'not if a package has a copy of its own',
      withPackage("import { IsString } from 'class-validator'; export const other = IsString;"),
      false,
      (root) => copyTo(root, 'node_modules/other/node_modules/class-validator'),
    ],
    [
      'not if it shares modules with class-validator',
      appWith(
        "import isEmail from 'validator/lib/isEmail.js'; import { IsEmail } from 'class-validator'; class Other { @IsEmail() address!: string; } Object.assign(globalThis, { isEmail });",
      ),
      false,
      (root) => symlinkSync(join(REPOSITORY, 'node_modules/validator'), join(root, 'node_modules/validator')),
    ],
  ];
  const projectOf = ([, files, , prepare]: UseRow) => {
    const root = makeProject(files);
    prepare?.(root);
    return root;
  };
  let bundles: (BuiltBundle | Error)[];
  beforeAll(async () => {
    // Without a plan the storage is read while the entry still runs.
    bundles = await bundleAll(rows.map(projectOf), 'lambda', { isPlanned: false });
  });
  test.each(rows.map(([what, , hasRecorders], i) => [what, hasRecorders, i] as const))(
    '%s',
    (_what, hasRecorders, i) => {
      const bundle = built(bundles[i]);
      expect([isRecording(bundle), bundle.warnings]).toEqual([hasRecorders, []]);
      // Either way it works.
      const event = (method: string, body?: object) =>
        JSON.stringify({
          version: '2.0',
          rawPath: '/',
          rawQueryString: '',
          headers: { 'content-type': 'application/json' },
          requestContext: {
            http: { method, path: '/' },
            domainName: 'id.execute-api.eu-central-1.amazonaws.com',
            stage: '$default',
          },
          ...(body && { body: JSON.stringify(body) }),
        });
      const script = `const { handler } = require(process.argv[1] + '/index.js'); (async () => { for (const each of [${event('GET')}, ${event('POST', { rank: 1 })}, ${event('POST', { rank: 'x' })}]) console.log((await handler(each, {})).statusCode); })()`;
      expect(runIn(bundle, ['-e', script]).trim().split('\n')).toEqual(['200', '200', '400']);
    },
  );

  const optionRows: [what: string, options: BundleOptions][] = [
    ['not in the format of ES modules', { format: 'esm' }],
    ['not if class-validator is left out', { external: ['class-validator'] }],
  ];
  test.each(optionRows)('%s', async (_what, options) => {
    const [bundle] = await bundleAll([makeProject(appWith(''))], 'lambda', options);
    const names = [...built(bundle).files.keys()].filter((name) => /class-validator/.test(name));
    expect(names).toEqual([]);
    expect(built(bundle).modules.some(({ name }) => /recorders/.test(name))).toBe(false);
  });

  test('and counts class-validator as itself, which the app imports', () => {
    const { modules } = built(bundles[0]);
    const share = sharesOf(modules).find(({ name }) => name === 'class-validator')!;
    expect(share).toMatchObject({ isDirect: true, unshaken: [] });
    expect(share.bytes).toBeGreaterThan(2048);
    const importers = new Set(share.modules.flatMap((module) => module.importers));
    expect([...importers].filter((name) => !name.startsWith('node_modules/class-validator/'))).toEqual(['src/app.ts']);
    const direct = sharesOf(built(bundles[7]).modules).find(({ name }) => name === 'class-validator')!;
    expect(share.bytes).toBeLessThanOrEqual(direct.bytes);
  });
});

test('classes that are derived from others are replayed in their place, and a plan of them fits', async () => {
  const app = `
import { Body, Controller, defineApp, Get, OmitType, PartialType, Patch, Type } from 'twodoors';
import { IsInt, IsString, Min, ValidateNested } from 'class-validator';
class Part { @IsString() name!: string; }
class Todo { @IsString() title!: string; @IsInt() rank: number = 1; @ValidateNested() @Type(() => Part) part!: Part; }
class Change extends PartialType(OmitType(Todo, ['title'])) { @IsInt() @Min(5) override rank?: number; }
class More extends Change { @IsString() note!: string; }
@Controller() class Home { @Get('/') get() { return 'got'; } @Patch('/') change(@Body() todo: More) { return todo; } }
export const app = defineApp({ controllers: [Home] });
`;
  const [bundle] = await bundleAll([makeProject({ ...BOOTSTRAPS, 'src/app.ts': app })], 'lambda');
  expect(isRecording(built(bundle))).toBe(true);
  const script = `
    const { handler } = require(process.argv[1] + '/index.js');
    const isLoaded = () => Object.keys(require.cache).some((name) => name.endsWith('class-validator.js'));
    const requestContext = { http: { path: '/' }, domainName: 'id.execute-api.eu-central-1.amazonaws.com', stage: '$default' };
    const ask = async (method, body) => {
      const { statusCode, body: reply } = await handler({
        version: '2.0', rawPath: '/', rawQueryString: '', headers: { 'content-type': 'application/json' },
        requestContext: { ...requestContext, http: { method, path: '/' } },
        ...(body && { body: JSON.stringify(body) }),
      }, {});
      const isJson = reply?.startsWith('{');
      console.log(statusCode, isLoaded(), (isJson && JSON.parse(reply).detail) || (reply ?? ''));
    };
    console.error = console.log;
    (async () => {
      await ask('GET');
      await ask('PATCH', { note: 'a', part: { name: 'b' } });
      await ask('PATCH', { rank: 4, part: {}, title: 'c' });
    })();`;
  const [first, valid, invalid, ...rest] = runIn(built(bundle), ['-e', script]).trim().split('\n');
  expect(first).toBe('200 false got');
  expect(valid).toBe('200 true {"note":"a","part":{"name":"b"}}');
  expect(invalid).toMatch(/^400 true /);
  expect(invalid).toContain('property title should not exist');
  expect(invalid).toContain('rank must not be less than 5');
  expect(rest).toEqual([]);
});

test('a decorator that fails, fails again whenever the storage is read', async () => {
  const app = `
import { Controller, defineApp, Get } from 'twodoors';
import { IsEnum, IsString } from 'class-validator';
const missing = undefined as unknown as object;
class Broken { @IsString() a!: string; @IsEnum(missing) b!: string; @IsString() c!: string; }
@Controller() class Home { @Get('/') get() { return Broken.name; } }
export const app = defineApp({ controllers: [Home] });
`;
  const script = `
    require(process.argv[1] + '/index.js');
    for (const turn of [1, 2]) {
      try { console.log(globalThis.classValidatorMetadataStorage); }
      catch (error) { console.log(turn, error.message); }
    }`;
  const [bundle] = await bundleAll([makeProject({ ...BOOTSTRAPS, 'src/app.ts': app })], 'lambda');
  const message = 'Cannot convert undefined or null to object';
  expect(runIn(built(bundle), ['-e', script])).toBe(`1 ${message}\n2 ${message}\n`);
});

test('a build names class-validator if it has no export of that name', async () => {
  const root = makeProject(appWith("import { IsOdd } from 'class-validator'; Object.assign(globalThis, { IsOdd });"));
  const [error] = await bundleAll([root], 'lambda');
  expect((error as Error).message).toContain('"IsOdd" is not exported by "class-validator".');
});

describe('every door replies to a DTO as ever', () => {
  let replies: DoorReplies;
  beforeAll(async () => {
    const cases = readFileSync(join(REPOSITORY, 'test/contract/dto-cases.ts'), 'utf8');
    const app =
      "import { defineApp } from 'twodoors'; import { DtoController } from './dto-cases.js'; export const app = defineApp({ controllers: [DtoController] });";
    const root = makeProject({ ...BOOTSTRAPS, 'src/app.ts': app, 'src/dto-cases.ts': cases });
    const requests = dtoRows.map(({ target, ...init }) => toRawRequest(target, init));
    [replies] = (await askDoors([{ root, requests }])) as [DoorReplies];
    expect(existsSync(join(root, 'build/lambda/class-validator.js'))).toBe(true);
  });
  test.each(doorNames)('%s', (name) => {
    if ('error' in replies) throw new Error(String(replies.error));
    const due = new Set(rowsOf(dtoRows, name, { doors: 'all' }));
    for (const [i, row] of dtoRows.entries()) if (due.has(row)) checkRow(row, replies[name]![i]!);
    expect(due.size).toBeGreaterThan(50);
  });
});
