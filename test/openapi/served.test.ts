import { Controller, createParam, defineApp, Get, Param, StartupError } from 'twodoors';
import { openapi } from 'twodoors/openapi';
import { openDoor } from 'twodoors/testing';
import { type Row, runRows } from '../contract/run-rows.js';

const Nothing = createParam(() => undefined);

@Controller()
class Home {
  @Get('/things/:id') show(@Param('id') id: number, @Nothing() _nothing: undefined) {
    return { id };
  }
  @Get('/*rest') rest(@Param('rest') rest: string) {
    return rest;
  }
}

/** A container that knows the app's own controllers and nothing else. */
const resolve = <T extends object>(type: new (...args: unknown[]) => T): T => {
  if ((type as unknown) !== Home) throw new Error(`unknown: ${type.name}`);
  return new type();
};

const app = defineApp({
  controllers: [Home],
  resolve,
  openapi: { path: '/api/openapi.json', ui: '/api/docs', info: { title: 'Things', version: '3.0.0' } },
});

const rows: Row[] = [
  {
    rule: 'the document is served as JSON, and does not describe its own routes',
    target: '/api/openapi.json',
    reply: JSON.parse(JSON.stringify(openapi(app))),
    replyHeaders: { 'content-type': 'application/json', 'cache-control': 'no-cache' },
  },
  {
    rule: 'the page has files of its own, and a policy that allows no others',
    target: '/api/docs',
    reply: expect.stringMatching(
      /<script defer src="docs\/page\.js" data-document="\.\.\/api\/openapi\.json" data-base="\.\.\/">/,
    ),
    replyHeaders: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data: blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    },
  },
  {
    rule: 'the page with a slash at the end is a redirect, since its links are relative',
    target: '/api/docs/',
    status: 308,
    reply: '',
    replyHeaders: { location: '../docs' },
  },
  {
    rule: 'the script of the page is served',
    target: '/api/docs/page.js',
    reply: expect.stringMatching(/^'use strict';/),
    replyHeaders: { 'content-type': 'text/javascript; charset=utf-8' },
  },
  {
    rule: 'the style sheet of the page is served',
    target: '/api/docs/page.css',
    reply: expect.stringMatching(/color-scheme/),
    replyHeaders: { 'content-type': 'text/css; charset=utf-8' },
  },
  { rule: 'the document has no other methods', method: 'POST', target: '/api/openapi.json', status: 405 },
  { rule: 'other routes are as they were', target: '/things/7', reply: { id: 7 } },
  { rule: 'a route with a wildcard takes what is not the document', target: '/api/openapi', reply: 'api/openapi' },
];

describe('an app that asks for it', () => runRows(app, rows));

test('without openapi, or without a path, nothing is served', async () => {
  for (const openapiOption of [undefined, {}]) {
    const door = await openDoor(defineApp({ controllers: [Home], openapi: openapiOption }), 'koa');
    expect((await door.request('/openapi.json')).text()).toBe('openapi.json');
    await door.close();
  }
});

test.each([
  [null, '', "it is not an object. Write { path: '/openapi.json', ui: '/docs' }."],
  [
    { path: 'openapi.json' },
    '.path',
    `"openapi.json" is not a plain path. Write it like '/openapi.json', without parameters.`,
  ],
  [{ path: '/:name' }, '.path', `"/:name" is not a plain path. Write it like '/openapi.json', without parameters.`],
  [{ ui: '/docs' }, '.ui', "the page needs the document. Add its path: '/openapi.json'."],
  [{ path: '/docs', ui: '/docs' }, '.ui', 'it is the path of the document too. Change one of them.'],
  [{ path: '/d', ui: '/{docs}' }, '.ui', `"/{docs}" is not a plain path. Write it like '/docs', without parameters.`],
])('%j is a startup mistake', async (option, place, message) => {
  const wrong = defineApp({ controllers: [Home], openapi: option as never });
  const error = await openDoor(wrong, 'koa').catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(StartupError);
  expect((error as StartupError).mistakes).toContainEqual({
    code: 'invalid-option',
    option: `openapi${place}`,
    message,
  });
});

test('a path that a route has already is a duplicate route', async () => {
  const error = await openDoor(
    defineApp({ controllers: [Home], openapi: { path: '/things/all', ui: '/things/all2' } }),
    'koa',
  ).then((door) => door.close());
  expect(error).toBeUndefined();
  @Controller()
  class Own {
    @Get('/openapi.json') own() {}
  }
  const twice = await openDoor(defineApp({ controllers: [Own], openapi: { path: '/openapi.json' } }), 'koa').catch(
    String,
  );
  expect(twice).toContain('GET /openapi.json matches the same requests as');
});
