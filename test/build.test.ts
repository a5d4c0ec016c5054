import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { jest } from '@jest/globals';
import { unzipSync } from 'fflate';
import { zip } from '../src/cli/bundle/zip.js';
import { type BuiltBundle, bundle, makeProject, REPOSITORY, removeProjects } from './projects.js';

// Bundlers and processes are started, beside all other tests.
jest.setTimeout(60_000);
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

/** Loads the unpacked bundle in a process of its own, which has nothing else, and gives the answer to an event. */
function invoke(built: BuiltBundle, request: object): { statusCode: number; body: string } {
  const folder = mkdtempSync(join(tmpdir(), 'twodoors-task-'));
  try {
    for (const [name, content] of Object.entries(unzipSync(zip(built.files))))
      writeFileSync(join(folder, name), content);
    const script = `require('./index.js').handler(${JSON.stringify(request)}, {}).then((r) => console.log(JSON.stringify(r)))`;
    return JSON.parse(execFileSync(process.execPath, ['-e', script], { cwd: folder, encoding: 'utf8' }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the bundle of a hello app', () => {
  let built: BuiltBundle;
  beforeAll(async () => {
    built = await build(HELLO);
  });

  it('is one CommonJS file, those that only few requests need beside it, their source maps, and a package.json', () => {
    const names = [
      'index',
      'decode-content',
      'error-page',
      'excess-message',
      'log-record',
      'parse-json',
      'text-decoding',
      'unknown-event',
    ];
    const expected = ['package.json', ...names.flatMap((name) => [`${name}.js`, `${name}.js.map`])];
    expect([...built.files.keys()].sort()).toEqual(expected.sort());
    expect(String(built.files.get('package.json'))).toContain('"commonjs"');
    expect(built.warnings).toEqual([]);
  });

  it('answers, without anything beside it', () => {
    expect(invoke(built, event('GET', '/hello/you'))).toMatchObject({ statusCode: 200, body: '{"hello":"you"}' });
  });

  it('carries nothing of Koa, the command, the tests, views or class-validator', () => {
    const foreign = /\bkoa\b|@koa|\/cli\/|(?:^|\/)test\/|\/testing\/|nunjucks|\/views\/|class-validator/;
    expect(names(built).filter((name) => foreign.test(name))).toEqual([]);
  });

  it('is at most 20 KB gzip', () => {
    console.log(`hello: ${gzipSize(built)} bytes gzip`);
    expect(gzipSize(built)).toBeLessThanOrEqual(20 * 1024);
  });
});

describe('the bundle of an app with a DTO', () => {
  let built: BuiltBundle;
  beforeAll(async () => {
    built = await build(WITH_DTO);
  });

  it('shakes class-validator', () => {
    console.log(`hello with a DTO: ${gzipSize(built)} bytes gzip`);
    expect(gzipSize(built)).toBeLessThan(40 * 1024);
    expect(names(built).filter((name) => /libphonenumber|\/validator\/es\/lib\/isMobilePhone/.test(name))).toEqual([]);
  });

  it('knows the types of a DTO that was imported before twodoors, and the names of classes', () => {
    const right = invoke(built, event('POST', '/hello', { name: 'you', at: '2026-01-02T03:04:05Z' }));
    expect(right).toMatchObject({ statusCode: 200, body: '{"hello":"you","is":"Greeting"}' });
    expect(invoke(built, event('POST', '/hello', { name: 'y', at: 1 })).statusCode).toBe(400);
  });
});

describe('what a bundle loads only when it is needed', () => {
  let built: BuiltBundle;
  beforeAll(async () => {
    built = await build(WITH_DTO);
  });

  it('the page for browsers', () => {
    const request = event('GET', '/none');
    const answer = invoke(built, { ...request, headers: { accept: 'text/html' } });
    expect(answer.body).toContain('<h1>404 Not Found</h1>');
  });

  it('what undoes codings, whose refusals are errors of the app', () => {
    const request = event('POST', '/hello');
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    const send = (body: Buffer) =>
      invoke(built, { ...request, headers, body: body.toString('base64'), isBase64Encoded: true });
    const json = Buffer.from('{"name":"you","at":"2026-01-02T03:04:05Z"}');
    expect(send(gzipSync(json))).toMatchObject({ statusCode: 200, body: '{"hello":"you","is":"Greeting"}' });
    expect(send(json)).toMatchObject({ statusCode: 400, body: expect.stringContaining('content-encoding') });
    expect(send(gzipSync(Buffer.alloc(2_000_000))).statusCode).toBe(413);
  });

  it('what is said of an event that nobody takes', () => {
    expect(() => invoke(built, { Records: [] })).toThrow('it is an object with the members Records');
  });
});

describe('the bundle of the reference app', () => {
  let built: BuiltBundle;
  beforeAll(async () => {
    built = await bundle(REPOSITORY, 'lambda');
  });

  it('carries views, but neither their files nor a compiler', () => {
    const found = names(built).filter((name) => /nunjucks\/|views/.test(name));
    expect(found).toContain('node_modules/nunjucks/browser/nunjucks-slim.js');
    expect(found.filter((name) => /nunjucks\/(?:src|index)|view-folder|view-check|\.html/.test(name))).toEqual([]);
    expect(invoke(built, event('GET', '/')).body).toContain('<h1>Loan calculator</h1>');
  });

  it('is built on the sources', () => {
    expect(names(built)).toContain('src/runtime/lambda/create-handler.ts');
    expect(names(built).filter((name) => /\bkoa\b|@koa|\/cli\/|^test\/|\/testing\/|^dist\//.test(name))).toEqual([]);
  });

  it('says nothing of the machine that it was built on', () => {
    const map = JSON.parse(String(built.files.get('index.js.map'))) as { sources: string[] };
    expect(map.sources.filter((source) => /^(?:\/|\.\.|file:|[A-Z]:)/.test(source))).toEqual([]);
    expect(
      [...built.files].filter(([, content]) => String(content).includes(REPOSITORY)).map(([name]) => name),
    ).toEqual([]);
  });
});

it('gives the same zip in every folder and at every time', async () => {
  const view = { 'src/views/index.html': '{{ title }}', 'src/views/a/b.html': '' };
  const app = {
    ...WITH_DTO,
    ...view,
    'src/bootstrap-lambda.ts': `import { nunjucks } from 'twodoors/views';${WITH_DTO['src/bootstrap-lambda.ts'].replace('[Hello]', '[Hello], views: nunjucks()')}`,
  };
  const [one, two] = await Promise.all([build(app), build(app)]);
  expect(Buffer.from(zip(one.files)).equals(zip(two.files))).toBe(true);
  // What takes forms with files apart is loaded when one comes.
  const lazy = [
    'decode-content',
    'error-page',
    'excess-message',
    'log-record',
    'multipart',
    'parse-json',
    'text-decoding',
    'unknown-event',
  ];
  const files = ['index', ...lazy].flatMap((name) => [`${name}.js`, `${name}.js.map`]);
  expect(Object.keys(unzipSync(zip(one.files)))).toEqual([...files, 'package.json'].sort());
});

describe('a build fails, and says what, where, why and what to do, for', () => {
  const lambda = (source: string, more: Record<string, string> = {}) => ({
    'src/bootstrap-lambda.ts': source,
    ...more,
  });
  const views = "import { nunjucks } from 'twodoors/views'; export const handler = () => nunjucks();";
  const rows: [mistake: string, files: Record<string, string>, message: RegExp][] = [
    [
      'an await at top level, wherever it is',
      lambda("import { settings } from './settings.js'; export const handler = () => settings;", {
        'src/settings.ts': '\nexport const settings = await Promise.resolve(1);',
      }),
      /^src\/settings\.ts:2:25: there is an await outside of a function\. .*CommonJS.* cannot wait .* Move /,
    ],
    [
      'a package that is not there',
      lambda("import x from '@not/there/x'; export const handler = x;"),
      /Could not resolve '@not\/there\/x' in src\/bootstrap-lambda\.ts[\s\S]*npm install @not\/there\./,
    ],
    [
      'a file that is not there',
      lambda("import './gone.js'; export const handler = () => 1;"),
      /Could not resolve '\.\/gone\.js'[\s\S]*Correct the path/,
    ],
    [
      'a handler of another name',
      lambda('export const handle = () => 1;'),
      /exports no "handler".*Write: export const/,
    ],
    ['no bootstrap', {}, /^There is no src\/bootstrap-lambda\.ts in .* Write it: /],
    ['views without a folder', lambda(views), /imports twodoors\/views, and there is no folder src\/views/],
    [
      'every view with a mistake',
      lambda(views, { 'src/views/a.html': '{{ x', 'src/views/b.html': '{% include "c" %}' }),
      /src\/views\/a\.html cannot be compiled[\s\S]*src\/views\/b\.html, line 1: it refers to "c"/,
    ],
    ['a mistake in the syntax', lambda('let x = ;'), /src\/bootstrap-lambda\.ts:1:9/],
  ];
  it.each(rows)('%s', async (_mistake, files, message) => {
    await expect(build(files)).rejects.toMatchObject({ name: 'CommandError', message: expect.stringMatching(message) });
  });
});

it('leaves to Lambda what its runtime brings, and lets a package look for what is not there', async () => {
  const built = await build({
    'src/bootstrap-lambda.ts':
      "import { S3 } from '@aws-sdk/client-s3'; import { isThere } from './optional.cjs'; export const handler = async () => [typeof S3, isThere];",
    'src/optional.cjs': "try { require('not-there'); exports.isThere = true; } catch { exports.isThere = false; }",
  });
  expect(String(built.files.get('index.js'))).toContain('require("@aws-sdk/client-s3")');
});

it('leaves packages to the server, and takes in sources', async () => {
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
  // Stack traces name files that are there.
  const { sources } = JSON.parse(String(files.get('index.js.map'))) as { sources: string[] };
  expect(sources.map((source) => join('build/koa', source))).toEqual(
    expect.arrayContaining(['src/app.ts', 'src/bootstrap-koa.ts']),
  );
});
