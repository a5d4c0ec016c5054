import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { jest } from '@jest/globals';
import { unzipSync } from 'fflate';
import { zip } from '../src/cli/bundle/files/zip.js';
import { type BuiltBundle, bundle, bundleAll, makeProject, REPOSITORY, removeProjects } from './projects.js';

// It starts compilers and processes, beside all other tests.
jest.setTimeout(240_000);
afterAll(removeProjects);

const HELLO = {
  'src/bootstrap-lambda.ts': `
import { Controller, defineApp, Get, Param } from 'twodoors';
import { createHandler } from 'twodoors/lambda';
@Controller()
class Hello {
  @Get('/hello/:name') hello(@Param('name') name: string) { return { hello: name }; }
}
export const handler = createHandler(defineApp({ controllers: [Hello] }));
`,
};

const WITH_DTO = {
  'src/bootstrap-lambda.ts': `
import { Greeting } from './greeting.js';
import { Body, Controller, defineApp, Post } from 'twodoors';
import { createHandler } from 'twodoors/lambda';
@Controller()
class Hello {
  @Post('/hello') hello(@Body() greeting: Greeting) { return { hello: greeting.name, is: greeting.constructor.name }; }
}
export const handler = createHandler(defineApp({ controllers: [Hello] }));
`,
  'src/greeting.ts': `
import { IsDate, IsString, MinLength } from 'class-validator';
export class Greeting {
  @IsString() @MinLength(2) name!: string;
  @IsDate() at!: Date;
}
`,
};

const build = (files: Record<string, string>) => bundle(makeProject(files), 'lambda');

/** The bundles that several tests look at, built once. */
let hello: BuiltBundle;
let withDto: BuiltBundle;
beforeAll(async () => {
  [hello, withDto] = (await bundleAll([makeProject(HELLO), makeProject(WITH_DTO)], 'lambda')) as [
    BuiltBundle,
    BuiltBundle,
  ];
});

const names = (built: BuiltBundle) => built.modules.map(({ name }) => name);
const gzipSize = (built: BuiltBundle) => gzipSync(built.files.get('index.js')!).byteLength;

/** An HTTP API event, as a person would write it by hand. */
const event = (method: string, path: string, body?: object) => ({
  version: '2.0',
  rawPath: path,
  rawQueryString: '',
  headers: { 'content-type': 'application/json' },
  requestContext: {
    http: { method, path },
    domainName: 'id.execute-api.eu-central-1.amazonaws.com',
    stage: '$default',
  },
  ...(body && { body: JSON.stringify(body) }),
});

/** Parts of twodoors that a bundle loads when a request first needs them. */
const ON_DEMAND = ['error-page.js', 'errors.js', 'lambda-errors.js', 'log-record.js', 'multipart.js'];

const codeFilesOf = (built: BuiltBundle) => [...built.files.keys()].filter((name) => name.endsWith('.js'));

/** Loads the unpacked bundle in a separate process, in a folder with nothing else, and returns its result for an event. */
function invoke(built: BuiltBundle, request: object): { statusCode: number; body: string } {
  const folder = mkdtempSync(join(tmpdir(), 'twodoors-task-'));
  try {
    for (const [name, content] of Object.entries(unzipSync(zip(built.files)))) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    const script = `require('./index.js').handler(${JSON.stringify(request)}, {}).then((r) => console.log(JSON.stringify(r)))`;
    return JSON.parse(execFileSync(process.execPath, ['-e', script], { cwd: folder, encoding: 'utf8' }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the bundle of a hello app', () => {
  it('is one CommonJS file, the files that only some requests need, their source maps, and a package.json', () => {
    expect(codeFilesOf(hello)).toEqual(expect.arrayContaining(['index.js', ...ON_DEMAND]));
    // Neither a package nor a file of the app: all else is shared code, which the bundler keeps apart.
    expect(
      Object.keys(Object.fromEntries(hello.files)).filter((name) => !/^[a-z-]+\.js(?:\.map)?$/.test(name)),
    ).toEqual(['package.json']);
    for (const name of ['index.js', ...ON_DEMAND]) expect(hello.files.has(`${name}.map`)).toBe(true);
    expect(String(hello.files.get('package.json'))).toContain('"commonjs"');
    expect(hello.warnings).toEqual([]);
  });

  it('runs without anything else', () => {
    expect(invoke(hello, event('GET', '/hello/you'))).toMatchObject({ statusCode: 200, body: '{"hello":"you"}' });
  });

  it('contains no Koa, command, tests, views or class-validator', () => {
    const foreign = /\bkoa\b|@koa|\/cli\/|(?:^|\/)test\/|\/testing\/|nunjucks|\/views\/|class-validator/;
    expect(names(hello).filter((name) => foreign.test(name))).toEqual([]);
  });

  // Startup checks are still part of the entry. When the build makes the plan of the app, they leave it.
  it('is at most 24 KB gzip', () => {
    console.log(`hello: ${gzipSize(hello)} bytes gzip`);
    expect(gzipSize(hello)).toBeLessThanOrEqual(24 * 1024);
  });
});

describe('the bundle of an app with a DTO', () => {
  it('contains only the used part of class-validator', () => {
    console.log(`hello with a DTO: ${gzipSize(withDto)} bytes gzip`);
    expect(gzipSize(withDto)).toBeLessThan(40 * 1024);
    expect(names(withDto).filter((name) => /libphonenumber|\/validator\/es\/lib\/isMobilePhone/.test(name))).toEqual(
      [],
    );
  });

  it('keeps the types of a DTO that is imported before twodoors, and the names of classes', () => {
    const right = invoke(withDto, event('POST', '/hello', { name: 'you', at: '2026-01-02T03:04:05Z' }));
    expect(right).toMatchObject({ statusCode: 200, body: '{"hello":"you","is":"Greeting"}' });
    expect(invoke(withDto, event('POST', '/hello', { name: 'y', at: 1 })).statusCode).toBe(400);
  });
});

describe('the parts that a bundle loads on demand', () => {
  it('contain no module that another file of the bundle contains', () => {
    for (const built of [hello, withDto]) {
      const maps = [...built.files].filter(([name]) => name.endsWith('.map'));
      expect(maps.length).toBeGreaterThan(8);
      // class-validator's own file stands alone: what a plan needs of it is in another one, whose modules lead elsewhere.
      const others = maps.filter(([name]) => name !== 'class-validator.js.map');
      const sources = others.flatMap(([, map]) => (JSON.parse(String(map)) as { sources: string[] }).sources);
      expect(sources.filter((source, i) => sources.indexOf(source) !== i)).toEqual([]);
    }
  });

  it('include the error page for browsers', () => {
    const request = event('GET', '/none');
    const result = invoke(withDto, { ...request, headers: { accept: 'text/html' } });
    expect(result.body).toContain('<h1>404 Not Found</h1>');
  });

  it('include the decoders of content codings, whose errors are errors of the app', () => {
    const request = event('POST', '/hello');
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    const send = (body: Buffer) =>
      invoke(withDto, { ...request, headers, body: body.toString('base64'), isBase64Encoded: true });
    const json = Buffer.from('{"name":"you","at":"2026-01-02T03:04:05Z"}');
    expect(send(gzipSync(json))).toMatchObject({ statusCode: 200, body: '{"hello":"you","is":"Greeting"}' });
    expect(send(json)).toMatchObject({ statusCode: 400, body: expect.stringContaining('content-encoding') });
    expect(send(gzipSync(Buffer.alloc(2_000_000))).statusCode).toBe(413);
  });

  it('include the message about an event of another kind', () => {
    expect(() => invoke(withDto, { Records: [] })).toThrow('it is an object with the members Records');
  });
});

describe('the bundle of the reference app', () => {
  let built: BuiltBundle;
  beforeAll(async () => {
    built = await bundle(REPOSITORY, 'lambda');
  });

  it('contains the views, but not their files or a compiler', () => {
    const found = names(built).filter((name) => /nunjucks\/|views/.test(name));
    expect(found).toContain('node_modules/nunjucks/browser/nunjucks-slim.js');
    expect(found.filter((name) => /nunjucks\/(?:src|index)|view-folder|view-check|\.html/.test(name))).toEqual([]);
    expect(invoke(built, event('GET', '/')).body).toContain('<h1>Loan calculator</h1>');
  });

  it('contains the sources of twodoors, not the compiled package', () => {
    expect(names(built)).toContain('src/runtime/lambda/create-handler.ts');
    expect(names(built).filter((name) => /\bkoa\b|@koa|\/cli\/|^test\/|\/testing\/|^dist\//.test(name))).toEqual([]);
  });

  it('contains no path of the machine that built it', () => {
    const map = JSON.parse(String(built.files.get('index.js.map'))) as { sources: string[] };
    expect(map.sources.filter((source) => /^(?:\/|\.\.|file:|[A-Z]:)/.test(source))).toEqual([]);
    expect(
      [...built.files].filter(([, content]) => String(content).includes(REPOSITORY)).map(([name]) => name),
    ).toEqual([]);
  });
});

test('the same project gives the same zip in every folder and at every time', async () => {
  const view = { 'src/views/index.html': '{{ title }}', 'src/views/a/b.html': '' };
  const app = {
    ...WITH_DTO,
    ...view,
    'src/bootstrap-lambda.ts': `import { nunjucks } from 'twodoors/views';${WITH_DTO['src/bootstrap-lambda.ts'].replace('[Hello]', '[Hello], views: nunjucks()')}`,
  };
  const [one, two] = (await bundleAll([makeProject(app), makeProject(app)], 'lambda')) as [BuiltBundle, BuiltBundle];
  expect(Buffer.from(zip(one.files)).equals(zip(two.files))).toBe(true);
  const names = Object.keys(unzipSync(zip(one.files)));
  expect(names).toEqual([...names].sort());
  expect(names).toEqual(
    expect.arrayContaining(['index.js', 'package.json', ...ON_DEMAND, ...ON_DEMAND.map((name) => `${name}.map`)]),
  );
});

describe('a build fails with what is wrong, where, why and the fix:', () => {
  const lambda = (source: string, more: Record<string, string> = {}) => ({
    'src/bootstrap-lambda.ts': source,
    ...more,
  });
  const views = "import { nunjucks } from 'twodoors/views'; export const handler = () => nunjucks();";
  const rows: [mistake: string, files: Record<string, string>, message: RegExp][] = [
    [
      'a top-level await in any file',
      lambda("import { settings } from './settings.js'; export const handler = () => settings;", {
        'src/settings.ts': '\nexport const settings = await Promise.resolve(1);',
      }),
      /^src\/settings\.ts:2:25: top-level await does not work in CommonJS, .* Move the awaited code /,
    ],
    [
      'a missing package',
      lambda("import x from '@not/there/x'; export const handler = x;"),
      /Could not resolve '@not\/there\/x' in src\/bootstrap-lambda\.ts[\s\S]*npm install @not\/there\./,
    ],
    [
      'a missing file',
      lambda("import './gone.js'; export const handler = () => 1;"),
      /Could not resolve '\.\/gone\.js'[\s\S]*Correct the path/,
    ],
    [
      'a handler with another name',
      lambda('export const handle = () => 1;'),
      /does not export a "handler".*Write: export const/,
    ],
    ['a missing bootstrap', {}, /^There is no src\/bootstrap-lambda\.ts in .* Write it: /],
    ['views without a folder', lambda(views), /imports twodoors\/views, but there is no folder src\/views/],
    [
      'every view that has a mistake',
      lambda(views, { 'src/views/a.html': '{{ x', 'src/views/b.html': '{% include "c" %}' }),
      /src\/views\/a\.html cannot be compiled[\s\S]*src\/views\/b\.html, line 1: there is no view "c"/,
    ],
    ['a syntax error', lambda('let x = ;'), /src\/bootstrap-lambda\.ts:1:9/],
  ];
  let results: unknown[];
  beforeAll(async () => {
    results = await bundleAll(
      rows.map(([, files]) => makeProject(files)),
      'lambda',
    );
  });
  it.each(rows.map(([mistake, , message], i) => [mistake, i, message] as const))('%s', (_mistake, i, message) => {
    expect(results[i]).toMatchObject({ name: 'CommandError', message: expect.stringMatching(message) });
  });
});

test('the bundle contains no AWS SDK, which Lambda has, and a package can require one that is missing', async () => {
  const built = await build({
    'src/bootstrap-lambda.ts':
      "import { S3 } from '@aws-sdk/client-s3'; import { isThere } from './optional.cjs'; export const handler = async () => [typeof S3, isThere];",
    'src/optional.cjs': "try { require('not-there'); exports.isThere = true; } catch { exports.isThere = false; }",
  });
  expect(String(built.files.get('index.js'))).toContain('require("@aws-sdk/client-s3")');
});

test('the server loads packages from node_modules, and its bundle contains packages in TypeScript', async () => {
  const root = makeProject({
    'src/bootstrap-koa.ts':
      "import { serve } from 'twodoors/koa'; import { source } from 'in-typescript'; import { app } from './app.js'; await serve(app, { port: source });",
    'src/app.ts': "import { defineApp } from 'twodoors'; export const app = defineApp({ controllers: [] });",
    'node_modules/in-typescript/package.json': '{ "name": "in-typescript", "exports": "./index.ts" }',
    'node_modules/in-typescript/index.ts': 'export const source: number = 0;',
  });
  const { files } = await bundle(root, 'server');
  const code = String(files.get('index.js'));
  expect(code.match(/^import .*$/gm)).toEqual([
    'import { defineApp } from "twodoors";',
    'import { serve } from "twodoors/koa";',
  ]);
  expect(code).toContain('{ port: 0 }');
  // Stack traces name files that exist.
  const { sources } = JSON.parse(String(files.get('index.js.map'))) as { sources: string[] };
  expect(sources.map((source) => join('build/koa', source))).toEqual(
    expect.arrayContaining(['src/app.ts', 'src/bootstrap-koa.ts']),
  );
});
