import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { VERSION } from '../src/runtime/identity/copies.js';
import {
  BOOTSTRAPS,
  type BuiltBundle,
  bundle,
  makeProject,
  REPOSITORY,
  removeProjects,
  writeFile,
} from './projects.js';

// A library may bring a copy of twodoors of its own, and a monorepo has one for each set of peers. Here `library` has a
// copy that was packed and installed as npm does it.

const LIBRARY = `
import { IsIn, IsInt } from 'class-validator';
import { Body, Controller, createParam, defineApp, discriminator, Get, HttpError, HttpReply, lazy, NotFoundError, oneOf, Param, Post, Query, Redirect, reply, StartupError, Type, UploadedFile } from 'twodoors';
import { createHandler } from 'twodoors/lambda';
export { createHandler, discriminator, HttpError, HttpReply, lazy, NotFoundError, oneOf, StartupError };
export const decorate = (type, name, decorators, params = []) => {
  params.forEach((param, i) => param(type.prototype, name, i));
  for (const decorator of decorators) decorator(type.prototype, name, Object.getOwnPropertyDescriptor(type.prototype, name));
};
export class Item {}
Type(() => Number)(Item.prototype, 'id');
IsInt()(Item.prototype, 'id');
export class Circle {}
IsIn(['circle'])(Circle.prototype, 'kind'); Type(() => String)(Circle.prototype, 'kind');
export class LibraryController {
  static made = 0;
  constructor() { LibraryController.made++; }
  create(item) { return { id: item.id, isItem: item instanceof Item }; }
  show(id, order, host) { return { id, order, host: typeof host }; }
  upload(name, file) { return { name, size: file.bytes.byteLength }; }
  gone() { throw new NotFoundError('no such item'); }
  teapot() { return new HttpReply('short and stout', { status: 203 }); }
  moved() {}
}
Controller('/library')(LibraryController);
decorate(LibraryController, 'create', [Post('/items')], [Body(lazy(() => Item))]);
decorate(LibraryController, 'show', [Get('/items/:id')], [Param('id', Number), Query('order?', oneOf('up', 'down')), createParam((request) => request.header('host'))()]);
decorate(LibraryController, 'upload', [Post('/upload')], [Body('name', String), UploadedFile('file')]);
decorate(LibraryController, 'gone', [Get('/gone')]);
decorate(LibraryController, 'teapot', [Get('/teapot')]);
decorate(LibraryController, 'moved', [Get('/moved'), Redirect('/elsewhere')]);
export const guard = (request, next) => {
  if (request.header('x-stop') === 'throw') throw new HttpError(409, 'stopped', { headers: { 'retry-after': '1' } });
  return request.header('x-stop') ? reply({ stopped: true }, { status: 202 }) : next();
};
export const app = defineApp({ controllers: [LibraryController] });
`;

const APP = `
import { IsInt, ValidateNested } from 'class-validator';
import { Body, Controller, defineApp, Get, HttpError, HttpReply, NotFoundError, Post, Query, StartupError, Type } from 'twodoors';
import * as library from 'library';
const { decorate } = library;
class Drawing {}
Type(library.discriminator('kind', { circle: library.Circle }))(Drawing.prototype, 'shape');
ValidateNested()(Drawing.prototype, 'shape');
class OwnController {
  list(order) { return { order }; }
  draw(drawing) { return { isCircle: drawing.shape instanceof library.Circle }; }
  put(item) { return { isItem: item instanceof library.Item }; }
  conflict() { throw new library.HttpError(409, 'taken', { headers: { 'retry-after': '7' } }); }
  made() { return new library.HttpReply('made', { status: 201, cookies: ['a=b'] }); }
  names() {
    class OwnNotFound extends HttpError {}
    const foreign = new library.NotFoundError();
    let refused;
    try { library.createHandler({ options: { controllers: 1 } }); } catch (error) { refused = error; }
    return [
      foreign instanceof HttpError, foreign instanceof NotFoundError, foreign instanceof Error,
      new NotFoundError() instanceof library.NotFoundError, new library.HttpReply() instanceof HttpReply, refused instanceof StartupError,
      foreign instanceof OwnNotFound, new library.HttpError(404) instanceof NotFoundError, new HttpError(404) instanceof library.NotFoundError, {} instanceof HttpReply,
    ];
  }
}
Controller('/own')(OwnController);
decorate(OwnController, 'list', [Get('/list')], [Query('order', library.oneOf('up', 'down'))]);
decorate(OwnController, 'draw', [Post('/draw')], [Body(Drawing)]);
decorate(OwnController, 'put', [Post('/put')], [Body(library.lazy(() => library.Item))]);
decorate(OwnController, 'conflict', [Get('/conflict')]);
decorate(OwnController, 'made', [Get('/made')]);
decorate(OwnController, 'names', [Get('/names')]);
export const app = defineApp({ controllers: [OwnController, library.LibraryController], use: [library.guard] });
export { library };
`;

const ASK = `
import { openDoor } from 'twodoors/testing';
import { app, library } from './app.js';
const json = (value) => ({ method: 'POST', body: JSON.stringify(value), headers: { 'content-type': 'application/json' } });
const form = '--b\\r\\ncontent-disposition: form-data; name="name"\\r\\n\\r\\nx\\r\\n--b\\r\\ncontent-disposition: form-data; name="file"; filename="f"\\r\\n\\r\\nabc\\r\\n--b--\\r\\n';
const requests = {
  'library item': ['/library/items', json({ id: 1 })], 'library wrong item': ['/library/items', json({ id: 'x' })],
  'library values': ['/library/items/7?order=up'], 'library wrong order': ['/library/items/7?order=left'],
  'library upload': ['/library/upload', { method: 'POST', body: form, headers: { 'content-type': 'multipart/form-data; boundary=b' } }],
  'library error': ['/library/gone'], 'library reply': ['/library/teapot'], 'library redirect': ['/library/moved'],
  'own oneOf': ['/own/list?order=left'], 'own lazy': ['/own/put', json({ id: 1 })], 'own discriminator': ['/own/draw', json({ shape: { kind: 'circle' } })],
  'own wrong discriminator': ['/own/draw', json({ shape: { kind: 'square' } })], 'own error': ['/own/conflict'], 'own reply': ['/own/made'], 'names': ['/own/names'],
  'guard throws': ['/own/made', { headers: { 'x-stop': 'throw' } }], 'guard replies': ['/own/made', { headers: { 'x-stop': 'reply' } }],
};
const asked = {};
for (const door of ['koa', 'http']) {
  const opened = await openDoor(app, door);
  for (const [name, [target, init]] of Object.entries(requests)) {
    const { status, headers, cookies, ...response } = await opened.request(target, init);
    (asked[name] ??= []).push([status, response.text(), headers['retry-after'] ?? headers.location ?? cookies[0]]);
  }
  await opened.close();
}
library.createHandler(app);
const made = library.LibraryController.made;
const ofLibrary = await openDoor(library.app, 'koa');
const { status } = await ofLibrary.request('/library/items/1');
await ofLibrary.close();
process.stdout.write(JSON.stringify({ asked, made, status }));
`;

const START = `
import { toKoa } from 'twodoors/koa';
import { createHandler } from 'twodoors/lambda';
import { app } from './app.js';
const messages = [toKoa, createHandler].map((open) => { try { open(app); return 'started'; } catch ({ name, message, mistakes }) { return { name, message, codes: mistakes.map(({ code }) => code) }; } });
process.stdout.write(JSON.stringify(messages));
`;

const run = async (root: string, script: string) => {
  const { stdout } = await promisify(execFile)(process.execPath, [join(root, 'src', script)], { cwd: root });
  return JSON.parse(stdout) as never;
};

/** Installs twodoors as npm does, from what `npm pack` makes. */
function installPacked(folder: string): string {
  mkdirSync(folder, { recursive: true });
  // The package is compiled already; packing must not remove what other tests use.
  execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], { cwd: REPOSITORY });
  const archive = readdirSync(folder).find((name) => name.endsWith('.tgz'))!;
  execFileSync('tar', ['-xzf', archive, '--transform', 's/^package/twodoors/'], { cwd: folder });
  return realpathSync(join(folder, 'twodoors'));
}

/** A project whose library has its own packed copy of twodoors. */
function makeTwoCopies(): { readonly root: string; readonly copy: string } {
  const root = makeProject({
    'src/app.js': APP,
    'src/ask.js': ASK,
    'src/start.js': START,
    ...BOOTSTRAPS,
    'node_modules/library/package.json':
      '{ "name": "library", "version": "1.0.0", "type": "module", "exports": "./index.js" }',
    'node_modules/library/index.js': LIBRARY,
  });
  const copy = installPacked(join(root, 'node_modules/library/node_modules'));
  const { dependencies } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  for (const name of Object.keys(dependencies)) {
    mkdirSync(join(root, 'node_modules', name, '..'), { recursive: true });
    symlinkSync(join(REPOSITORY, 'node_modules', name), join(root, 'node_modules', name));
  }
  return { root, copy };
}

afterAll(removeProjects);

test('the version that copies compare is that of the package', () => {
  expect(VERSION).toBe(JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8')).version);
});

test('without nunjucks, the views say what to install', async () => {
  const { root, copy } = makeTwoCopies();
  writeFile(
    root,
    'src/views.js',
    `import { nunjucks } from ${JSON.stringify(join(copy, 'dist/runtime/views/index.js'))};
    try { nunjucks(); } catch ({ message }) { process.stdout.write(JSON.stringify(message)); }`,
  );
  expect(await run(root, 'views.js')).toMatch(
    /^nunjucks\(\) of 'twodoors\/views' needs the package nunjucks\. Install it: npm install nunjucks\. In the bundle of/,
  );
});

describe('two copies of one version', () => {
  let result: { asked: Record<string, unknown[]>; made: number; status: number };
  let built: BuiltBundle;
  let root: string;
  beforeAll(async () => {
    ({ root } = makeTwoCopies());
    result = await run(root, 'ask.js');
    built = await bundle(root, 'lambda');
  });

  const text = (part: string) => expect.stringContaining(part);
  const rows: [name: string, status: number, text: unknown, header?: unknown][] = [
    ['library item', 200, '{"id":1,"isItem":true}'],
    ['library wrong item', 400, text('"path":"id"')],
    ['library values', 200, '{"id":7,"order":"up","host":"string"}'],
    ['library wrong order', 400, text('order')],
    ['library upload', 200, '{"name":"x","size":3}'],
    ['library error', 404, text('no such item')],
    ['library reply', 203, 'short and stout'],
    ['library redirect', 302, '', '/elsewhere'],
    ['own oneOf', 400, text('order')],
    ['own lazy', 200, '{"isItem":true}'],
    ['own discriminator', 200, '{"isCircle":true}'],
    ['own wrong discriminator', 400, text('shape')],
    ['own error', 409, text('taken'), '7'],
    ['own reply', 201, 'made', 'a=b'],
    ['names', 200, '[true,true,true,true,true,true,false,false,false,false]'],
    ['guard throws', 409, text('stopped'), '1'],
    ['guard replies', 202, '{"stopped":true}'],
  ];
  test.each(rows)('work together: %s', (name, status, body, header = null) => {
    expect(result.asked[name]).toEqual([
      [status, body, header],
      [status, body, header],
    ]);
  });
  test('create each controller once, whichever copy opens the app', () => {
    expect(result.made).toBe(1);
  });
  test('open the apps of each other', () => {
    expect(result.status).toBe(200);
  });
  test('work together in one bundle', async () => {
    for (const [name, content] of built.files) writeFile(root, `function/${name}`, String(content));
    const event = {
      version: '2.0',
      rawPath: '/library/items',
      rawQueryString: '',
      headers: { 'content-type': 'application/json' },
      requestContext: {
        http: { method: 'POST', path: '/library/items' },
        domainName: 'id.execute-api.eu-central-1.amazonaws.com',
        stage: '$default',
      },
    };
    writeFile(
      root,
      'src/bundled.js',
      `import { handler } from '../function/index.js';
      const bodies = ['{"id":1}', '{"id":"x"}'];
      const results = await Promise.all(bodies.map((body) => handler({ ...${JSON.stringify(event)}, body }, {})));
      process.stdout.write(JSON.stringify(results.map(({ statusCode }) => statusCode)));`,
    );
    expect(await run(root, 'bundled.js')).toEqual([200, 400]);
    expect(built.modules.filter(({ name }) => name.endsWith('/runtime/identity/copies.js'))).toHaveLength(2);
  });
});

describe('two versions', () => {
  let root: string;
  let copy: string;
  beforeAll(() => {
    ({ root, copy } = makeTwoCopies());
    for (const file of ['package.json', 'dist/runtime/identity/copies.js']) {
      const content = readFileSync(join(copy, file), 'utf8');
      expect(content).toContain(VERSION);
      writeFileSync(join(copy, file), content.replace(VERSION, '99.1.0'));
    }
  });

  test('are refused at startup, with both paths, at both doors', async () => {
    const refused = {
      name: 'StartupError',
      codes: ['several-versions'],
      message: expect.stringMatching(
        new RegExp(
          `several versions of twodoors: .*${VERSION} \\(${REPOSITORY}/.*99\\.1\\.0 \\(${copy}/.* Install one version`,
        ),
      ),
    };
    expect(await run(root, 'start.js')).toEqual([refused, refused]);
  });

  test.each(['lambda', 'server'] as const)('are refused by the build of the %s, with both paths', async (door) => {
    const failure = (await bundle(root, door).catch((error: unknown) => error)) as Error;
    expect(failure.name).toBe('CommandError');
    expect(failure.message).toContain(`99.1.0 (${copy})`);
    expect(failure.message).toContain(`${VERSION} (${REPOSITORY})`);
  });
});
