import { Readable } from 'node:stream';
import { ReadableStream } from 'node:stream/web';
import { HttpError, HttpReply, reply } from 'twodoors';

const EXPIRES = 'Expires=Wed, 21 Oct 2026 07:28:00 GMT';
const COOKIES = [`a=1; ${EXPIRES}`, 'b=x,y; Path=/; HttpOnly', `a=2; ${EXPIRES}; Secure`];

async function* chunks(...all: unknown[]): AsyncGenerator<string> {
  for (const chunk of all) {
    if (chunk instanceof Error) throw chunk;
    yield chunk as string;
  }
}

function fail(thrown: unknown): never {
  throw thrown;
}

/** A reply that a handler spoilt after it was made. */
function spoilt(change: (made: HttpReply) => void): HttpReply {
  const made = new HttpReply('spoilt', { cookies: ['a=1'] });
  change(made);
  return made;
}

function cycle(): object {
  const value: Record<string, unknown> = {};
  value['self'] = value;
  return value;
}

const REVOKED = () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};

const THROWING_GETTERS = () =>
  Object.defineProperties(new Error('a getter'), {
    status: { get: () => fail(new Error('status')) },
    message: { get: () => fail(new Error('message')) },
    stack: { get: () => fail(new Error('stack')) },
    headers: { get: () => fail(new Error('headers')) },
  });

const styled = (status: unknown, more: object = {}) => Object.assign(new Error('styled "so" <b>'), { status, ...more });

/** Everything that a handler may do with what it was bound: what it returns, or throws. */
export const OUTCOMES = {
  object: (echo) => echo,
  array: (echo) => [echo, null, undefined],
  text: (echo) => JSON.stringify(echo),
  'text beyond ASCII': () => 'grüße 🎈 \u2028',
  'empty text': () => '',
  number: () => -1.5e300,
  'not a number': () => Number.NaN,
  true: () => true,
  false: () => false,
  null: () => null,
  undefined: () => undefined,
  date: () => new Date(0),
  toJSON: () => ({ toJSON: () => ({ from: 'toJSON' }) }),
  'toJSON of nothing': () => ({ toJSON: () => undefined }),
  bytes: () => new Uint8Array([0, 255, 195, 40, 13, 10]),
  'bytes of a larger buffer': () => new Uint8Array([1, 2, 3, 4]).subarray(1, 3),
  'array buffer': () => new Uint8Array([200, 201]).buffer,
  'no bytes': () => new Uint8Array(0),
  'Node stream': () => Readable.from(['one ', Buffer.from([0xff]), 'two']),
  'web stream': (echo) =>
    new ReadableStream({
      start(controller) {
        controller.enqueue(Buffer.from(JSON.stringify(echo)));
        controller.enqueue(new Uint8Array([0x80]));
        controller.close();
      },
    }),
  generator: (echo) => chunks('', JSON.stringify(echo), '', 'ü', Buffer.from('ü')),
  'generator of nothing': () => chunks(),
  'generator that fails at once': () => chunks(styled(409)),
  'generator that fails midway': () => chunks('one', new Error('midway')),
  'generator of objects': () => chunks({}),
  'stream that fails at once': () =>
    new Readable({
      read() {
        this.destroy(new Error('at once'));
      },
    }),
  reply: (echo) =>
    new HttpReply(JSON.stringify(echo), {
      status: 203,
      headers: { 'X-Own': [' a', 'b '], 'Content-Type': 'application/json', 'x-number': 7 },
      cookies: COOKIES,
    }),
  'reply without a body': () => new HttpReply(undefined, { status: 200, cookies: COOKIES }),
  'reply of a 204 with a body': () => new HttpReply('no', { status: 204, headers: { 'content-type': 'text/x' } }),
  'reply of a stream': () => new HttpReply(chunks('a', 'b'), { headers: { 'content-type': 'text/event-stream' } }),
  'reply with headers of the connection': () =>
    new HttpReply('x', {
      headers: { connection: 'close', 'transfer-encoding': 'chunked', 'content-length': 99, 'keep-alive': 'timeout=1' },
    }),
  'reply in latin1': () => new HttpReply('x', { headers: { 'x-own': 'caf\u00e9' } }),
  'reply with names that REST renames': () =>
    new HttpReply('x', { headers: { server: 'mine', 'www-authenticate': 'Basic', warning: '199' } }),
  'reply with a header that splits': () => spoilt((made) => Object.assign(made.headers, { 'x-own': 'a\r\nb: c' })),
  'reply with a header beyond latin1': () => spoilt((made) => Object.assign(made.headers, { 'x-own': '€' })),
  'reply with an invalid header name': () => spoilt((made) => Object.assign(made.headers, { 'x own': 'a' })),
  'reply with a cookie that splits': () => spoilt((made) => made.cookies.push('a=\nb')),
  'reply with an invalid status': () => spoilt((made) => Object.assign(made, { status: 99 })),
  'reply()': (echo) => reply(echo, { status: 202, headers: { 'x-own': ['1', '2'] }, cookies: COOKIES.slice(1) }),
  Response: (echo) => {
    const made = new Response(JSON.stringify(echo), { status: 206, headers: { 'x-own': 'r' } });
    for (const cookie of COOKIES) made.headers.append('set-cookie', cookie);
    return made;
  },
  'Response without a body': () => new Response(null, { status: 304, headers: { etag: '"x"' } }),
  'Response that redirects': () => Response.redirect('http://localhost/there', 308),
  location: () => '/there/ä?x=%20',
  'location that splits': () => '/there\r\nx: y',
  bigint: () => 1n,
  'object with a bigint': () => ({ n: 1n }),
  cycle,
  symbol: () => Symbol('s'),
  function: () => () => {},
  'throws null': () => fail(null),
  'throws undefined': () => fail(undefined),
  'throws text': () => fail('text'),
  'throws a number': () => fail(404),
  'throws an error': () => fail(new Error('secret')),
  'throws an HttpError': () => fail(new HttpError(409, 'taken <b>', { headers: { 'Retry-After': '60' } })),
  'throws an HttpError of 503': () => fail(new HttpError(503, 'told', { expose: true })),
  'throws a 404 in the style of http-errors': () => fail(styled(404, { expose: true, headers: { 'X-Own': '1' } })),
  'throws a 400 that is not exposed': () => fail(styled(400, { expose: false })),
  'throws a 500 that is exposed': () => fail(styled(500, { expose: true })),
  'throws a 502': () => fail(Object.assign(new Error('secret'), { status: 502 })),
  'throws a 200': () => fail(styled(200)),
  'throws a status that is text': () => fail(styled('404')),
  'throws headers that split': () => fail(styled(400, { headers: { 'x-own': 'a\nb' } })),
  'throws headers that are odd': () =>
    fail(styled(429, { headers: { 'retry-after': 5, 'x-list': ['a', 'b'], 'x-none': undefined } })),
  'throws a content-type of its own': () => fail(styled(400, { headers: { 'Content-Type': 'text/html' } })),
  'throws cookies': () => fail(styled(400, { headers: { 'set-cookie': COOKIES } })),
  'throws a plain object': () => fail({ status: 418, message: 'teapot' }),
  'throws a revoked Proxy': () => fail(REVOKED()),
  'throws an error whose getters throw': () => fail(THROWING_GETTERS()),
  'throws a symbol': () => fail(Symbol('thrown')),
  'throws a reply': () => fail(new HttpReply('thrown')),
  'returns a revoked Proxy': () => REVOKED(),
  'returns a getter that throws': () =>
    Object.defineProperty({}, 'x', { enumerable: true, get: () => fail(styled(423)) }),
  // biome-ignore lint/suspicious/noThenProperty: it is meant to be a thenable
  thenable: (echo) => ({ then: (resolve: (value: unknown) => void) => resolve(echo) }),
  // biome-ignore lint/suspicious/noThenProperty: it is meant to be a thenable
  'thenable that rejects': () => ({ then: (_: unknown, reject: (error: unknown) => void) => reject(styled(451)) }),
} satisfies Record<string, (echo: object) => unknown>;

/** The name of an outcome. */
export type OutcomeName = keyof typeof OUTCOMES;

/** The names of all outcomes. */
export const outcomeNames = Object.keys(OUTCOMES) as OutcomeName[];
