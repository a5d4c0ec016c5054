import { Body, Controller, defineApp, Get, Header, HttpError, NotFoundError, Post, Query } from 'twodoors';
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
  // As HTTP clients throw them, with the headers of the answer that they got.
  upstream: () =>
    Object.assign(new Error('Upstream says no'), {
      status: 404,
      headers: {
        'content-encoding': 'gzip',
        'Content-Length': '3',
        'transfer-encoding': 'chunked',
        connection: 'close',
        'content-type': 'text/csv',
        'x-kept': '1',
      },
    }),
  'web-headers': () => Object.assign(new Error('Later'), { status: 429, headers: new Headers({ 'Retry-After': '9' }) }),
  'bad-headers': () => Object.assign(new Error('bad'), { status: 401, headers: { 'x-bad': 'a\r\nb' } }),
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

const HTML = { headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } };
const bug = {
  status: 500,
  answer: { type: 'about:blank', title: 'Internal Server Error', status: 500, requestId: expect.any(String) },
  answerHeaders: { 'content-type': 'application/problem+json' },
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
    answer: { type: 'about:blank', title: 'Conflict', status: 409, detail: 'Taken' },
    answerHeaders: { 'retry-after': '60', 'content-type': 'application/problem+json', 'x-success': undefined },
  },
  {
    rule: 'framing and coding headers of a thrown upstream error are not sent',
    target: '/e/throw?what=upstream',
    status: 404,
    answer: { type: 'about:blank', title: 'Not Found', status: 404, detail: 'Upstream says no' },
    answerHeaders: { 'content-type': 'application/problem+json', 'content-encoding': undefined, 'x-kept': '1' },
  },
  {
    rule: 'a thrown error may carry a web Headers object',
    target: '/e/throw?what=web-headers',
    status: 429,
    answerHeaders: { 'retry-after': '9' },
  },
  {
    rule: 'a message that only repeats the title is left out',
    target: '/e/throw?what=not-found',
    status: 404,
    answer: { type: 'about:blank', title: 'Not Found', status: 404 },
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
    includes: { detail: 'by status' },
  },
  {
    rule: 'expose: false hides the message',
    target: '/e/throw?what=style-hidden',
    status: 403,
    answer: { type: 'about:blank', title: 'Forbidden', status: 403 },
  },
  {
    rule: 'expose: true shows the message of a 503',
    target: '/e/throw?what=style-exposed-503',
    status: 503,
    includes: { detail: 'back at noon' },
    answerHeaders: { 'retry-after': '120' },
  },
  {
    rule: 'a message from status 500 up is hidden by default',
    target: '/e/throw?what=style-503',
    status: 503,
    answer: { type: 'about:blank', title: 'Service Unavailable', status: 503 },
  },
  {
    rule: 'a browser gets an HTML page',
    target: '/e/throw?what=not-found-message',
    status: 404,
    ...HTML,
    answer: expect.stringMatching(/^<!doctype html>.*No such todo/) as unknown as string,
    answerHeaders: { 'content-type': 'text/html; charset=utf-8' },
  },
  {
    rule: 'a client that prefers JSON to HTML gets problem+json',
    target: '/nowhere',
    status: 404,
    headers: { accept: 'text/html;q=0.5, application/json' },
    answerHeaders: { 'content-type': 'application/problem+json' },
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
      answer: expect.stringMatching(/secret: \/etc\/passwd[\s\S]*throwIt/) as unknown as string,
    },
    { rule: 'a client other than a browser never sees the stack', target: '/e/throw?what=error', ...bug },
    {
      rule: 'an expected error shows no stack',
      target: '/e/throw?what=not-found',
      ...HTML,
      status: 404,
      answer: expect.not.stringContaining('<pre>') as unknown as string,
    },
  ]));

test('the log is told everything, once an error of 500, and never of one below', async () => {
  const { inject } = await import('twodoors/testing');
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

test('a log that rejects takes nothing with it', async () => {
  const { inject } = await import('twodoors/testing');
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
