/** The server that `twodoors build koa` makes, which needs nothing but Node.js. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { gzipSync } from 'node:zlib';
import { Command, endCommands } from './command.js';
import { makeProject, REPOSITORY, removeProjects } from './projects.js';
import { runCommand } from './run-command.js';

const copies: string[] = [];
afterEach(endCommands);
afterAll(() => {
  for (const folder of copies) rmSync(folder, { recursive: true });
  removeProjects();
});

const BOOTSTRAP =
  "import { serve } from 'twodoors/koa'; import { app } from './app.js'; await serve(app, { port: 0, host: '127.0.0.1' });";

const APP = {
  'src/bootstrap-koa.ts': BOOTSTRAP,
  'src/views/form.html': `{% import "twodoors/forms.html" as forms %}<title>{{ title }}</title>
<form method="post">{{ forms.field(form, 'rank', 'Rank') }}<button>Go</button></form><link href="{{ asset_url('a.css') }}">`,
  'src/public/a.css': 'a { color: red }',
  'src/app.ts': `
import { IsInt, IsPhoneNumber, IsOptional } from 'class-validator';
import { Body, Controller, defineApp, Get, OnInvalid, Post, Render, UploadedFile } from 'twodoors';
import { compress, securityHeaders } from 'twodoors/middleware';
import { Session, sessions } from 'twodoors/sessions';
import { nunjucks } from 'twodoors/views';
class Todo { @IsInt() rank!: number; @IsOptional() @IsPhoneNumber() phone?: string; }
@Controller()
class Home {
  @Get('/') @Render('form.html') page() { return { title: 'Form' }; }
  @Post('/') @OnInvalid('form.html', 'page') add(@Body() todo: Todo) { return { ...todo, kind: todo.constructor.name }; }
  @Post('/file') file(@UploadedFile('file') file: UploadedFile) { return { name: file.filename, size: file.size }; }
  @Get('/visits') visits(@Session() session: Session<{ count: number }>) { return { count: session.count ?? 0 }; }
  @Get('/bug') bug(): string { throw new Error('a bug'); }
}
export const app = defineApp({
  controllers: [Home],
  views: nunjucks(),
  public: 'src/public',
  openapi: { path: '/openapi.json' },
  use: [securityHeaders(), compress(), sessions({ secret: 'x'.repeat(32) })],
});
`,
};

const FORM = new FormData();
FORM.set('file', new File(['text'], 'a.txt'));
const HTML = { accept: 'text/html' };

const REQUESTS: [string, RequestInit?][] = [
  ['/', { headers: HTML }],
  ['/', { method: 'POST', body: new URLSearchParams({ rank: 'x' }), headers: HTML }],
  [
    '/',
    { method: 'POST', body: '{ "rank": 1, "phone": "+41446681800" }', headers: { 'content-type': 'application/json' } },
  ],
  [
    '/',
    {
      method: 'POST',
      body: '{ "rank": "x", "phone": "1" }',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
    },
  ],
  ['/', { method: 'DELETE' }],
  ['/file', { method: 'POST', body: FORM }],
  ['/visits'],
  ['/a.css'],
  ['/openapi.json'],
  ['/none', { headers: HTML }],
];

/** Answers of a server in a folder of its own, where there is no node_modules. */
async function ask(folder: string, requests = REQUESTS): Promise<unknown[]> {
  const server = spawn(process.execPath, ['index.js'], {
    cwd: folder,
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const said: string[] = [];
  server.stderr.on('data', (data) => said.push(String(data)));
  try {
    const [line] = (await Promise.race([
      once(createInterface(server.stdout), 'line'),
      once(server, 'exit').then(() => Promise.reject(new Error(said.join('')))),
    ])) as [string];
    const answers = [];
    for (const [path, init] of requests) {
      const response = await fetch(line.replace('Listening on ', '') + path, init);
      const { date: _, ...headers } = Object.fromEntries(response.headers);
      const answer = [path, response.status, headers, await response.text()];
      answers.push(JSON.parse(JSON.stringify(answer).replaceAll(/nonce(-|=\\")[\w-]{22}/g, 'nonce$1…')));
    }
    return answers;
  } finally {
    server.kill('SIGKILL');
  }
}

/** A copy of what a project has built, beside nothing. */
function copyOf(root: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'twodoors-server-'));
  copies.push(folder);
  cpSync(join(root, 'build/koa'), folder, { recursive: true });
  return folder;
}

const link = (root: string, ...names: string[]) => {
  for (const name of names) symlinkSync(join(REPOSITORY, 'node_modules', name), join(root, 'node_modules', name));
  return root;
};

test('it replies without node_modules as it does with them', async () => {
  const root = link(makeProject(APP), 'nunjucks');
  const built = await runCommand(['build', 'koa'], root);
  expect(built).toEqual({
    code: 0,
    output: expect.stringMatching(/^build\/koa\/index\.js {2}[\d.]+ KB in \d+ files, needs Node\.js only$/),
  });
  const alone = await ask(copyOf(root));
  const apart = await runCommand(['build', 'koa', '--no-bundle'], root);
  expect(apart.output).toMatch(/KB in \d+ files?, needs node_modules$/);
  const beside = copyOf(root);
  symlinkSync(join(root, 'node_modules'), join(beside, 'node_modules'));
  cpSync(join(root, 'src'), join(beside, 'src'), { recursive: true });
  expect(alone).toEqual(await ask(beside));
  expect(alone.map((answer) => (answer as [string, number])[1])).toEqual([
    200, 422, 200, 400, 405, 200, 200, 200, 200, 404,
  ]);
});

/** The files that the code of a folder loads on demand. */
function filesOnDemand(folder: string): string[] {
  const code = readdirSync(folder)
    .filter((name) => name.endsWith('.js'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
  const named = (pattern: RegExp) => new Set([...code.matchAll(pattern)].map(([, name]) => name!));
  const atOnce = named(/from "\.\/([\w-]+\.js)"/g);
  return [...named(/import\("\.\/([\w-]+\.js)"\)/g)].filter((name) => !atOnce.has(name));
}

describe('a server whose files on demand are gone', () => {
  const GZIPPED = gzipSync('{ "rank": 1 }');
  const JSON_TYPE = { 'content-type': 'application/json' };
  const NEEDING: [reason: string, status: number, path: string, init?: RequestInit][] = [
    ['a stream', 500, '/stream'],
    ['a stream behind middleware', 500, '/later'],
    ['the page of a 404', 404, '/none', { headers: HTML }],
    ['a bug', 500, '/bug'],
    ['a form with files', 500, '/file', { method: 'POST', body: FORM }],
    ['a form that the app reads itself', 500, '/form', { method: 'POST', body: FORM }],
    [
      'a compressed body',
      500,
      '/',
      { method: 'POST', body: GZIPPED, headers: { ...JSON_TYPE, 'content-encoding': 'gzip' } },
    ],
    ['a route for users', 500, '/secret'],
    ['a token', 500, '/secret', { headers: { authorization: 'Bearer a.b.c' } }],
  ];

  test('replies to each request that needs one, logs it once, and runs on', async () => {
    const root = link(makeProject({ 'src/bootstrap-koa.ts': BOOTSTRAP, 'src/app.ts': ON_DEMAND }), 'jose');
    expect(await runCommand(['build', 'koa'], root)).toMatchObject({ code: 0 });
    const folder = copyOf(root);
    const files = filesOnDemand(folder);
    expect(files).toEqual(expect.arrayContaining(['sent-body.js', 'error-page.js', 'log-record.js', 'multipart.js']));

    const server = new Command([], folder, { SECRET: 'x'.repeat(32) }, join(folder, 'index.js'));
    const address = await server.address();
    for (const name of files) rmSync(join(folder, name));
    for (const [reason, status, path, init] of NEEDING) {
      const response = await fetch(address + path, init);
      await response.text();
      expect([reason, response.status, response.headers.get('content-type')]).toEqual([
        reason,
        status,
        'application/problem+json',
      ]);
      expect([reason, await server.line(/Cannot find module/)]).toEqual([reason, expect.stringContaining('.js')]);
    }
    expect(await (await fetch(`${address}/last`)).text()).toBe('last');
    server.process.kill('SIGTERM');
    const { code, output } = await server.ended();
    expect({ code, output }).toEqual({ code: 0, output: expect.not.stringContaining('Cannot find module') });
  });
});

const ON_DEMAND = `
import { IsInt } from 'class-validator';
import { Body, Controller, defineApp, Get, Post, Req, type HttpRequest, UploadedFile, Use } from 'twodoors';
import { auth, bearer, LoginRequired } from 'twodoors/auth';
class Todo { @IsInt() rank!: number; }
async function* chunks() { yield 'chunk'; }
@Controller()
class Home {
  @Get('/') home() { return 'home'; }
  @Get('/last') last() { return 'last'; }
  @Get('/stream') stream() { return chunks(); }
  @Get('/later') @Use(async (_request: HttpRequest, next: () => unknown) => next() as never) later() { return chunks(); }
  @Get('/bug') bug(): string { throw new Error('a bug'); }
  @Post('/') add(@Body() todo: Todo) { return todo; }
  @Post('/file') file(@UploadedFile('file') file: UploadedFile) { return { name: file.filename }; }
  @Post('/form') async form(@Req() request: HttpRequest) { return Object.keys(await request.form()); }
  @Get('/secret') @LoginRequired() secret() { return 'secret'; }
}
export const app = defineApp({
  controllers: [Home],
  timeout: 60_000,
  use: [auth({ loadUser: (id: string) => ({ id }), identify: [bearer({ issuer: 'https://a.example', audience: 'a', jwks: 'https://a.example/jwks' })] })],
});
`;

const SMALL = {
  'src/bootstrap-koa.ts': BOOTSTRAP,
  'src/app.ts': `
import { Controller, defineApp, Get } from 'twodoors';
import { value } from 'lib';
@Controller() class Home { @Get('/') home() { return value; } }
export const app = defineApp({ controllers: [Home] });
`,
  'node_modules/lib/package.json': '{ "name": "lib", "version": "1.2.3" }',
  'node_modules/lib/index.js': "exports.value = ['lib', __dirname, __filename];",
};
const manifestOf = (root: string) => JSON.parse(readFileSync(join(root, 'build/koa/package.json'), 'utf8'));
const LEFT_OUT = { private: true, type: 'module', dependencies: { lib: '1.2.3' } };

test('a package with native code stays outside, and package.json has its version', async () => {
  const root = makeProject({ ...SMALL, 'node_modules/lib/binding.gyp': '{}' });
  expect((await runCommand(['build', 'koa'], root)).output).toMatch(
    /needs lib \(on a server: npm install in build\/koa\)$/,
  );
  expect(manifestOf(root)).toEqual(LEFT_OUT);
});

test.each<[string, string[], Record<string, string>]>([
  ['--external', ['--external', 'lib'], {}],
  ['koa.external', [], { 'twodoors.config.ts': "export default { koa: { external: ['lib'] } };" }],
])('%s leaves a package out', async (_name, flags, files) => {
  const root = makeProject({ ...SMALL, ...files });
  await runCommand(['build', 'koa', ...flags], root);
  expect(manifestOf(root)).toEqual(LEFT_OUT);
  expect(readFileSync(join(root, 'build/koa/index.js'), 'utf8')).toMatch(/from "lib"/);
});

test('koa.bundle leaves all packages out', async () => {
  const root = makeProject({ ...SMALL, 'twodoors.config.ts': 'export default { koa: { bundle: false } };' });
  expect((await runCommand(['build', 'koa'], root)).output).toMatch(/needs node_modules$/);
  expect(manifestOf(root)).toEqual({ type: 'module' });
});

test('CommonJS packages know the folder that they are in', async () => {
  const root = makeProject(SMALL);
  await runCommand(['build', 'koa'], root);
  const folder = copyOf(root);
  const [[, , , text]] = (await ask(folder)) as [[string, number, object, string]];
  expect(JSON.parse(text)).toEqual(['lib', folder, join(folder, 'index.js')]);
});

test('the folders that the app names are copied, as in a Lambda build', async () => {
  const root = makeProject({
    'src/bootstrap-koa.ts': BOOTSTRAP,
    'src/app.ts': `
import { Controller, defineApp, Get } from 'twodoors';
@Controller() class Home { @Get('/') home() { return 'home'; } }
const folders = ['static', './docs/html/'];
export const app = defineApp({ controllers: [Home], public: folders.map((root) => ({ root })) });
`,
    'static/a.css': 'a {}',
    'docs/html/page.html': '<p>page',
  });
  expect((await runCommand(['build', 'koa'], root)).output).toMatch(/needs Node\.js only$/);
  const answers = (await ask(copyOf(root), [['/'], ['/a.css'], ['/page.html']])) as [string, number, object, string][];
  expect(answers.map(([, status, , text]) => [status, text])).toEqual([
    [200, 'home'],
    [200, 'a {}'],
    [200, '<p>page'],
  ]);
});

test.each([
  ['throws', "if (process.env.NEEDED === undefined) throw new Error('NEEDED is missing');"],
  ['names no folder', "const app2 = defineApp({ controllers: [Home], public: 5 as unknown as 'x' });"],
])('an app that %s where it is built is built all the same', async (_name, line) => {
  const root = makeProject({
    'src/bootstrap-koa.ts': BOOTSTRAP,
    'src/app.ts': `
import { Controller, defineApp, Get } from 'twodoors';
@Controller() class Home { @Get('/') home() { return 'home'; } }
${line}
export const app = ${line.startsWith('if') ? 'defineApp({ controllers: [Home] })' : 'app2'};
`,
  });
  expect(await runCommand(['build', 'koa'], root)).toMatchObject({ code: 0 });
});
