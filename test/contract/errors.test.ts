import { jest } from '@jest/globals';
import type { StandardSchemaV1 } from '@standard-schema/spec';
import createError from 'http-errors';
import { Body, Controller, defineApp, Get, Header, HttpError, NotFoundError, Post, Query } from 'twodoors';
import { type DoorName, inject, openDoor } from 'twodoors/testing';
import { type Row, runRows } from './run-rows.js';

const hostile = () => {
  const error = new Error('hostile');
  for (const name of ['status', 'message', 'stack', 'headers', 'expose']) {
    Object.defineProperty(error, name, {
      get() {
        throw new Error(`the getter of ${name} throws`);
      },
    });
  }
  return error;
};

const THROWN: Record<string, () => unknown> = {
  error: () => new Error('secret: /etc/passwd'),
  string: () => 'a string',
  null: () => null,
  undefined: () => undefined,
  number: () => 404,
  symbol: () => Symbol('x'),
  proxy: () =>
    new Proxy(
      {},
      {
        get() {
          throw new Error('no');
        },
      },
    ),
  hostile,
  'http-error': () => new HttpError(409, 'Taken', { headers: { 'Retry-After': '60' } }),
  'not-found': () => new NotFoundError(),
  'not-found-message': () => new NotFoundError('No such todo'),
  'style-404': () => Object.assign(new Error('by status'), { status: 404 }),
  'style-hidden': () => Object.assign(new Error('hidden'), { status: 403, expose: false }),
  'style-exposed-503': () =>
    Object.assign(new Error('back at noon'), { status: 503, expose: true, headers: { 'retry-after': '120' } }),
  'style-503': () => Object.assign(new Error('database at 10.0.0.1 is down'), { status: 503 }),
  'status-200': () => Object.assign(new Error('no error'), { status: 200 }),
  'status-text': () => Object.assign(new Error('no number'), { status: '404' }),
  'status-fraction': () => Object.assign(new Error('no integer'), { status: 404.5 }),
  'status-600': () => Object.assign(new Error('too large'), { status: 600 }),
  // As HTTP clients throw them, with the headers of the reply that they got.
  upstream: () =>
    Object.assign(new Error('Upstream says no'), {
      status: 404,
      expose: true,
      headers: {
        'content-encoding': 'gzip',
        'Content-Length': '3',
        'transfer-encoding': 'chunked',
        connection: 'close',
        'content-type': 'text/csv',
        'x-kept': '1',
      },
    }),
  'web-headers': () =>
    Object.assign(new Error('Later'), { status: 429, expose: true, headers: new Headers({ 'Retry-After': '9' }) }),
  'bad-headers': () => Object.assign(new Error('bad'), { status: 401, expose: true, headers: { 'x-bad': 'a\r\nb' } }),
  // As SDKs throw them: no "expose".
  sdk: () =>
    Object.assign(new Error('Incorrect key sk-ab****yz'), {
      status: 401,
      headers: new Headers({ 'x-upstream-org': 'org-42', 'set-cookie': 'up=1; Domain=.upstream.example' }),
      errors: [{ in: 'body', path: 'secret', message: 'secret' }],
    }),
  'sdk-record': () =>
    Object.assign(new Error('secret'), { status: 422, expose: 'true', headers: { 'x-upstream-org': 'org-42' } }),
  'sdk-404': () => Object.assign(new Error('secret'), { status: 404, headers: { 'x-upstream-org': 'org-42' } }),
  'http-errors': () => createError(409, 'Taken by http-errors', { headers: { 'x-kept': '1' } }),
  'http-errors-503': () => createError(503, 'secret', { headers: { 'x-upstream-org': '1' } }),
  'unexposed-http-error': () =>
    new HttpError(403, 'secret', {
      expose: false,
      headers: { 'x-upstream-org': '1' },
      errors: [{ in: 'body', path: 'secret', message: 'secret' }],
    }),
  'terminal-escapes': () =>
    Object.assign(new Error('one\r\n[fake] line\u001b[2J\u009b2J\u2028\u202e\u2066'), { status: 402 }),
};

@Controller('/e')
class ErrorController {
  @Get('/throw') @Header('x-success', 'only') throwIt(@Query('what') what: string) {
    throw THROWN[what]!();
  }
  @Get('/reject') async rejectIt(@Query('what') what: string) {
    await Promise.resolve();
    throw THROWN[what]!();
  }
  @Post('/json') json(@Body(Object) body: object) {
    return { got: body };
  }
}

@Controller()
class CauseController {
  @Get('/cause') cause() {
    const cause = new Error('inner');
    throw Object.assign(new TypeError('outer\n    at fake (x)', { cause }), { code: 'E1' });
  }
}

/** A schema that finds the mistakes that its input lists. */
const listed: StandardSchemaV1<unknown, unknown> = {
  '~standard': { version: 1, vendor: 'test', validate: (issues) => ({ issues: issues as StandardSchemaV1.Issue[] }) },
};

@Controller()
class SchemaController {
  @Post('/schema') schema(@Body(listed) body: unknown) {
    return { body };
  }
}

const HTML = { headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } };
const bug = {
  status: 500,
  reply: { type: 'about:blank', title: 'Internal Server Error', status: 500, requestId: expect.any(String) },
  replyHeaders: { 'content-type': 'application/problem+json' },
};

const rows: Row[] = [
  ...['error', 'string', 'null', 'undefined', 'number', 'symbol', 'proxy', 'hostile'].flatMap((what): Row[] => [
    { rule: `${what}, thrown, is a 500 that reveals nothing`, target: `/e/throw?what=${what}`, ...bug },
    { rule: `${what}, as a rejection, is a 500 that reveals nothing`, target: `/e/reject?what=${what}`, ...bug },
  ]),
  ...['status-200', 'status-text', 'status-fraction', 'status-600', 'bad-headers'].map(
    (what): Row => ({
      rule: `${what} is not usable for a reply, so it is a 500`,
      target: `/e/throw?what=${what}`,
      ...bug,
    }),
  ),
  {
    rule: 'an HttpError sets the status, the detail and its headers',
    target: '/e/throw?what=http-error',
    status: 409,
    reply: { type: 'about:blank', title: 'Conflict', status: 409, detail: 'Taken' },
    replyHeaders: { 'retry-after': '60', 'content-type': 'application/problem+json', 'x-success': undefined },
  },
  {
    rule: 'framing and coding headers of a thrown upstream error are not sent',
    target: '/e/throw?what=upstream',
    status: 404,
    reply: { type: 'about:blank', title: 'Not Found', status: 404, detail: 'Upstream says no' },
    replyHeaders: { 'content-type': 'application/problem+json', 'content-encoding': undefined, 'x-kept': '1' },
  },
  {
    rule: 'a thrown error may carry a web Headers object',
    target: '/e/throw?what=web-headers',
    status: 429,
    replyHeaders: { 'retry-after': '9' },
  },
  {
    rule: 'a message that only repeats the title is left out',
    target: '/e/throw?what=not-found',
    status: 404,
    reply: { type: 'about:blank', title: 'Not Found', status: 404 },
  },
  {
    rule: 'an exposed message becomes the detail',
    target: '/e/reject?what=not-found-message',
    status: 404,
    includes: { detail: 'No such todo' },
  },
  {
    rule: 'a thrown error with a status sets the status of the reply',
    target: '/e/throw?what=style-404',
    status: 404,
    reply: { type: 'about:blank', title: 'Not Found', status: 404 },
  },
  ...(
    [
      ['sdk', 401, 'Unauthorized'],
      ['sdk-record', 422, 'Unprocessable Entity'],
      ['sdk-404', 404, 'Not Found'],
      ['http-errors-503', 503, 'Service Unavailable'],
      ['unexposed-http-error', 403, 'Forbidden'],
    ] as const
  ).map(
    ([what, status, title]): Row => ({
      rule: `${what}, which does not say expose: true, sets the status and nothing else`,
      target: `/e/throw?what=${what}`,
      status,
      reply: { type: 'about:blank', title, status },
      replyHeaders: { 'x-upstream-org': undefined },
      replyCookies: [],
    }),
  ),
  {
    rule: 'an error of http-errors below 500 sets the detail and its headers',
    target: '/e/throw?what=http-errors',
    status: 409,
    includes: { detail: 'Taken by http-errors' },
    replyHeaders: { 'x-kept': '1' },
  },
  {
    rule: 'expose: false hides the message',
    target: '/e/throw?what=style-hidden',
    status: 403,
    reply: { type: 'about:blank', title: 'Forbidden', status: 403 },
  },
  {
    rule: 'expose: true shows the message of a 503',
    target: '/e/throw?what=style-exposed-503',
    status: 503,
    includes: { detail: 'back at noon' },
    replyHeaders: { 'retry-after': '120' },
  },
  {
    rule: 'a message from status 500 up is hidden by default',
    target: '/e/throw?what=style-503',
    status: 503,
    reply: { type: 'about:blank', title: 'Service Unavailable', status: 503 },
  },
  {
    rule: 'a browser gets an HTML page',
    target: '/e/throw?what=not-found-message',
    status: 404,
    ...HTML,
    reply: expect.stringMatching(/^<!doctype html>.*No such todo/) as unknown as string,
    replyHeaders: { 'content-type': 'text/html; charset=utf-8' },
  },
  {
    rule: 'a client that prefers JSON to HTML gets problem+json',
    target: '/nowhere',
    status: 404,
    headers: { accept: 'text/html;q=0.5, application/json' },
    replyHeaders: { 'content-type': 'application/problem+json' },
  },
  {
    rule: 'malformed JSON is a 400',
    target: '/e/json',
    body: '{"a":',
    headers: { 'content-type': 'application/json' },
    status: 400,
    includes: { detail: 'The body is not valid JSON' },
  },
  {
    rule: 'an empty body with a JSON content-type is a 400',
    target: '/e/json',
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    status: 400,
  },
  {
    rule: 'JSON nested deeper than 64 levels is a 400',
    target: '/e/json',
    body: '['.repeat(65) + ']'.repeat(65),
    headers: { 'content-type': 'application/json' },
    status: 400,
  },
  {
    rule: 'JSON nested 64 levels deep is accepted',
    target: '/e/json',
    body: `${'['.repeat(64)}${']'.repeat(64)}`,
    headers: { 'content-type': 'application/json' },
  },
  {
    rule: 'a body above the default limit is a 413',
    target: '/e/json',
    body: JSON.stringify('x'.repeat(1_048_576)),
    headers: { 'content-type': 'application/json' },
    status: 413,
  },
  {
    rule: 'a body within the default limit is accepted',
    target: '/e/json',
    body: JSON.stringify('x'.repeat(500_000)),
    headers: { 'content-type': 'application/json' },
  },
  {
    rule: 'an unsupported media type is a 415',
    target: '/e/json',
    body: 'x',
    headers: { 'content-type': 'image/png' },
    status: 415,
  },
  {
    rule: 'a malformed media type is a 415',
    target: '/e/json',
    body: '{}',
    headers: { 'content-type': 'json' },
    status: 415,
  },
];

describe('errors', () => runRows(defineApp({ controllers: [ErrorController], log: () => {} }), rows));

describe('in development', () =>
  runRows(defineApp({ controllers: [ErrorController], log: () => {}, development: true }), [
    {
      rule: 'a browser sees the stack of a bug',
      target: '/e/throw?what=error',
      ...HTML,
      status: 500,
      reply: expect.stringMatching(/secret: \/etc\/passwd[\s\S]*throwIt/) as unknown as string,
    },
    { rule: 'a client other than a browser never sees the stack', target: '/e/throw?what=error', ...bug },
    {
      rule: 'an expected error shows no stack',
      target: '/e/throw?what=not-found',
      ...HTML,
      status: 404,
      reply: expect.not.stringContaining('<pre>') as unknown as string,
    },
  ]));

test('the log is told everything, once an error of 500, and never of an exposed one below', async () => {
  const logged: unknown[] = [];
  const app = defineApp({
    controllers: [ErrorController],
    log: (error, request) => {
      logged.push([(error as Error).message, request.path]);
      throw new Error('a log that fails takes nothing with it');
    },
  });
  expect((await inject(app, '/e/throw?what=error')).status).toBe(500);
  expect((await inject(app, '/e/throw?what=not-found')).status).toBe(404);
  expect((await inject(app, '/e/throw?what=error', { method: 'PROPFIND' })).status).toBe(501);
  expect(logged).toEqual([['secret: /etc/passwd', '/e/throw']]);
});

test('an error that is not exposed is logged with what to do, unless it is a 404', async () => {
  const logged: [unknown, unknown][] = [];
  const app = defineApp({
    controllers: [ErrorController],
    log: (error, _request, { hint }) => void logged.push([(error as Error).message, hint]),
  });
  for (const what of ['sdk', 'sdk-404', 'style-hidden', 'unexposed-http-error', 'http-errors', 'style-503', 'error']) {
    await inject(app, `/e/throw?what=${what}`);
  }
  const hint = (status: number) => expect.stringMatching(new RegExp(`the status ${status}.*HttpError.*onError`));
  expect(logged).toEqual([
    ['Incorrect key sk-ab****yz', hint(401)],
    ['hidden', undefined],
    ['secret', undefined],
    ['database at 10.0.0.1 is down', hint(503)],
    ['secret: /etc/passwd', undefined],
  ]);
});

test.each<[DoorName, RegExp]>([
  [
    'koa',
    /^\[[\w-]+\] GET \/e\/throw Error: one\\u000d\\u000a\[fake\] line\\u001b\[2J\\u009b2J\\u2028\\u202e\\u2066 .*HttpError.*$/,
  ],
  ['rest', /^\{.*one\\r\\n\[fake\] line\\u001b\[2J\\u009b2J\\u2028\\u202e\\u2066.*\}$/],
])('on %s, the message of an error cannot write lines, move the cursor or turn the text', async (name, line) => {
  const printed = jest.spyOn(console, 'error').mockImplementation(() => {});
  const door = await openDoor(defineApp({ controllers: [ErrorController] }), name);
  await door.request('/e/throw?what=terminal-escapes');
  await door.close();
  const calls = printed.mock.calls.map((args) => args.map(String));
  printed.mockRestore();
  expect(calls).toEqual([[expect.stringMatching(line)]]);
});

test('on Koa, a bug is logged with its frames, and those of its causes', async () => {
  const printed = jest.spyOn(console, 'error').mockImplementation(() => {});
  const door = await openDoor(defineApp({ controllers: [CauseController] }), 'koa');
  await door.request('/cause');
  await door.close();
  const calls = printed.mock.calls.map((args) => args.map(String));
  printed.mockRestore();
  expect(calls).toEqual([
    [
      expect.stringMatching(
        /^\[[\w-]+\] GET \/cause TypeError: outer\\u000a {4}at fake \(x\) \{"code":"E1"\}\n {4}at CauseController\.cause [\s\S]*\n {2}caused by Error: inner\n[\s\S]*at CauseController\.cause/,
      ),
    ],
  ]);
});

test('a request with many mistakes gets a small reply', async () => {
  const app = defineApp({ controllers: [SchemaController], log: () => {} });
  const issues = Array.from({ length: 300 }, (_, i) => ({
    path: [`${'🚪'.repeat(500)}${i}`],
    message: 'm'.repeat(900),
  }));
  const response = await inject(app, '/schema', { json: issues });
  const { detail, errors } = response.json() as { detail: string; errors: { path: string; message: string }[] };
  expect(response.status).toBe(400);
  expect(errors).toHaveLength(100);
  expect(errors.every(({ path, message }) => path.length <= 200 && message.length === 200)).toBe(true);
  expect(errors[0]!.path.isWellFormed?.() ?? true).toBe(true);
  expect(detail).toMatch(/; and 97 more$/);
  expect(response.body.byteLength).toBeLessThan(100_000);
});

test('a log that rejects takes nothing with it', async () => {
  const unhandled: unknown[] = [];
  const listen = (reason: unknown) => unhandled.push(reason);
  process.on('unhandledRejection', listen);
  const app = defineApp({
    controllers: [ErrorController],
    log: async () => {
      throw new Error('a log that rejects');
    },
  });
  expect((await inject(app, '/e/throw?what=error')).status).toBe(500);
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', listen);
  expect(unhandled).toEqual([]);
});
