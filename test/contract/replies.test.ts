import { Readable } from 'node:stream';
import { runInNewContext } from 'node:vm';
import { jest } from '@jest/globals';
import {
  ContentType,
  Controller,
  defineApp,
  download,
  Get,
  Header,
  HttpCode,
  HttpError,
  HttpReply,
  OnNull,
  OnUndefined,
  Post,
  Query,
  Redirect,
  Render,
  reply,
  Use,
  type ViewEngine,
} from 'twodoors';
import { type Row, runRows } from './run-rows.js';

const views: ViewEngine = {
  findMistake: () => undefined,
  render: (view, values) => `<p>${view} ${JSON.stringify(values)}</p>`,
};

const COOKIES = ['a=1; Path=/; Expires=Wed, 21 Oct 2026 07:28:00 GMT', 'b=2; HttpOnly', 'c=x%2Cy; SameSite=Lax'];

/** As RxJS's are: the function that subscribes is a member, and the protocol's method is inherited. */
class FakeObservable {
  readonly _subscribe = () => {};
  readonly closed = false;
  subscribe() {}
  '@@observable'() {
    return this;
  }
}

/** What JSON would write as an empty object. */
const LOST: Record<string, () => unknown> = {
  promise: () => Promise.resolve(1),
  // biome-ignore lint/suspicious/noThenProperty: an object that only looks like a promise
  thenable: () => ({ then: () => {} }),
  iterator: () => new Map([['a', 1]]).values(),
  generator: () =>
    (function* () {
      yield 'a';
    })(),
  'async-generator': () =>
    (async function* () {
      yield 'a';
    })(),
  observable: () => ({ subscribe: () => {} }),
  blob: () => new Blob(['x']),
  form: () => new FormData(),
  headers: () => new Headers({ a: 'b' }),
  search: () => new URLSearchParams('a=b'),
  response: () => new Response('x'),
  buffer: () => new ArrayBuffer(1),
  'rx-observable': () => ({ source: new FakeObservable(), empty: {} }),
};

/** A text with a letter that charsets write in different ways, or it as bytes or as a stream. */
function contentAs(kind: string): string | Uint8Array | AsyncIterable<Uint8Array> {
  const bytes = Buffer.from('ä', 'latin1');
  return kind === 'text' ? 'ä' : kind === 'bytes' ? bytes : Readable.from([bytes]);
}

@Controller('/r')
class ReplyController {
  @Get('/object') object() {
    return { a: 1 };
  }
  @Get('/array') array() {
    return [1, 'two', null];
  }
  @Get('/number') number() {
    return 42;
  }
  @Get('/boolean') boolean() {
    return false;
  }
  @Get('/promise') async promise() {
    return { later: true };
  }
  @Get('/date') date() {
    return new Date(0);
  }
  @Get('/unicode') unicode() {
    return { text: 'λ 🚪' };
  }
  @Get('/string') string() {
    return '<b>not html</b>';
  }
  @Get('/empty-string') emptyString() {
    return '';
  }
  @Get('/html') @ContentType('text/html') html() {
    return '<b>html</b>';
  }
  @Get('/vendor') @ContentType('application/vnd.api+json') vendor() {
    return { data: [] };
  }
  @Get('/csv') @ContentType('text/csv') @Header('Content-Disposition', 'attachment; filename="x.csv"') csv() {
    return 'a,b\r\n';
  }
  @Get('/latin1-type') @ContentType('application/xml; charset=iso-8859-1; version=1') latin1Type(
    @Query('as') as: string,
  ) {
    return contentAs(as);
  }
  @Get('/latin1-header') @Header('Content-Type', 'text/csv; charset="ISO-8859-1"') latin1Header(
    @Query('as') as: string,
  ) {
    return contentAs(as);
  }
  @Get('/latin1-page') @Render('page.html') @ContentType('text/html; charset=iso-8859-1') latin1Page() {
    return { title: 'ä' };
  }
  @Get('/latin1-reply') latin1Reply(@Query('as') as: string) {
    return reply(contentAs(as), { headers: { 'content-type': 'text/csv;charset=latin1' } });
  }
  @Get('/latin1-http-reply') latin1HttpReply(@Query('as') as: string) {
    return new HttpReply(contentAs(as) as string, { headers: { 'content-type': 'text/csv; charset=latin1' } });
  }
  @Get('/latin1-download') latin1Download(@Query('as') as: string) {
    return download(contentAs(as) as string, { filename: 'a.csv', contentType: 'text/csv; charset=latin1' });
  }
  @Get('/latin1-middleware')
  @Use(async (_request, next) => {
    const made = await next();
    made.headers['content-type'] = 'text/csv; charset=latin1';
    return made;
  })
  latin1Middleware(@Query('as') as: string) {
    return contentAs(as);
  }
  @Get('/utf8-type') utf8Type() {
    return new HttpReply('ä', { headers: { 'content-type': 'text/csv; Charset=UTF-8; header=present' } });
  }
  @Get('/undefined') undefined() {}
  @Get('/null') null() {
    return null;
  }
  @Get('/null-typed') @Header('content-type', 'text/x') @Header('x-own', '1') nullTyped() {
    return null;
  }
  @Get('/undefined-404') @OnUndefined(404) undefined404() {}
  @Get('/null-404') @OnNull(404) async null404() {
    return null;
  }
  @Get('/null-202') @OnNull(202) @HttpCode(201) null202() {
    return null;
  }
  @Post('/created-nothing') @HttpCode(201) createdNothing() {}
  @Post('/created') @HttpCode(201) created() {
    return { id: 1 };
  }
  @Get('/bodiless') @HttpCode(204) bodiless() {
    return { never: 'sent' };
  }
  @Get('/bytes') bytes() {
    return new Uint8Array([0, 255, 128, 10]);
  }
  @Get('/buffer') @ContentType('image/png') buffer() {
    return Buffer.from([137, 80, 78, 71]);
  }
  @Get('/node-stream') nodeStream() {
    return Readable.from([Buffer.from([1, 2]), Buffer.from([253])]);
  }
  @Get('/web-stream') webStream() {
    return new ReadableStream({
      start(controller) {
        controller.enqueue(new Uint8Array([200, 201]));
        controller.close();
      },
    });
  }
  @Get('/iterable') @ContentType('text/plain') async *iterable() {
    yield 'a';
    yield '';
    yield Buffer.from('λ');
  }
  @Get('/empty-stream') async *emptyStream() {}
  @Get('/reply') @HttpCode(201) @Header('x-decorated', 'yes') httpReply() {
    return new HttpReply('as it is', { status: 203, headers: { 'X-Mine': 'a', 'content-type': 'text/x-mine' } });
  }
  @Get('/reply-redirect') @Redirect('/never') replyRedirect() {
    return new HttpReply('no redirect', { status: 200 });
  }
  @Get('/reply-bytes') replyBytes() {
    return new HttpReply(new Uint8Array([1]));
  }
  @Get('/reply-function') replyFunction() {
    return reply({ made: true }, { status: 202, headers: { 'x-list': ['a', 'b'] } });
  }
  @Get('/latin1-head') @Header('x-decorated', 'é') latin1Head() {
    return reply('text', { headers: { 'x-own': 'caf\u00e9' }, cookies: ['a=\u00e4'] });
  }
  @Get('/response') @HttpCode(201) response() {
    const headers = new Headers({ 'x-web': '1', 'content-type': 'text/x-web' });
    for (const cookie of COOKIES) headers.append('set-cookie', cookie);
    return new Response('web', { status: 418, headers });
  }
  @Get('/response-json') responseJson() {
    return Response.json({ web: true });
  }
  @Get('/cookies') cookies() {
    return new HttpReply('cookies', { cookies: COOKIES });
  }
  @Get('/one-cookie') @Header('Set-Cookie', COOKIES[0]!) oneCookie() {
    return 'one';
  }
  @Get('/headers') @Header('Cache-Control', 'no-store') @Header('X-Number', '1') headers() {
    return 'h';
  }
  @Get('/latin1') @Header('X-Latin1', 'é') latin1() {
    return 'h';
  }
  @Get('/redirect') @Redirect('/r/object?x=1') redirect() {}
  @Get('/redirect-301') @Redirect('/gone', 301) redirect301() {}
  @Get('/redirect-any') @Redirect({ allow: 'any', status: 307 }) redirectAny(@Query('to') to: string) {
    return to;
  }
  @Get('/redirect-to') @Redirect('/default') redirectTo(@Query('to?') to?: string) {
    return to;
  }
  @Get('/render') @Render('page.html') render() {
    return { title: 'T' };
  }
  @Get('/render-nothing') @Render('page.html') @HttpCode(202) renderNothing() {}
  @Get('/render-xml') @Render('feed.xml') @ContentType('application/xml') renderXml() {
    return {};
  }
  @Get('/bigint') bigint() {
    return { n: 12345678901234567890n, list: [-1n] };
  }
  @Get('/bigint-alone') bigintAlone() {
    return 12345678901234567890n;
  }
  @Get('/map') map() {
    return new Map<string | number, unknown>([
      ['a', 1],
      [2, new Map([['b', new Set([new Date(0)])]])],
    ]);
  }
  @Get('/empty-map') emptyMap() {
    return { map: new Map(), set: new Set(), object: {} };
  }
  @Get('/set') set() {
    return { tags: new Set(['a', 1n, { '{}': '{}' }]) };
  }
  @Get('/set-alone') setAlone() {
    return new Set([1, 2]);
  }
  @Get('/to-json') toJson() {
    return { money: { toJSON: () => new Set([1]) }, pattern: /x/, error: new Error('x') };
  }
  @Get('/shared') shared() {
    const shared = { set: new Set([1]) };
    return [shared, shared];
  }
  @Get('/map-of-objects') mapOfObjects() {
    return { deep: [new Map([[{}, 1]])] };
  }
  @Get('/other-realm') otherRealm() {
    return runInNewContext('({ map: new Map([["a", new Set([1n])]]) })') as unknown;
  }
  @Get('/map-cycle') mapCycle() {
    const map = new Map<string, unknown>();
    return map.set('list', [new Set([map])]);
  }
  @Get('/thenable') thenable() {
    // As the query builders of many database libraries are.
    // biome-ignore lint/suspicious/noThenProperty: an object that only looks like a promise
    return { then: (resolve: (value: unknown) => void) => resolve({ rows: 1 }) };
  }
  @Get('/rejections') rejections(@Query('in') place: string) {
    const rejections = [1, 2].map(async (n) => {
      throw new Error(`not awaited ${n}`);
    });
    return { list: rejections, set: { first: 1n, rejections: new Set(rejections) } }[place];
  }
  @Get('/view') view(@Query('of') kind: 'Float64Array' | 'Uint16Array' | 'DataView') {
    return kind === 'DataView' ? new DataView(new ArrayBuffer(2)) : new { Float64Array, Uint16Array }[kind]([1, 2]);
  }
  @Get('/blob') blob() {
    return new Blob(['a,', 'b'], { type: 'text/csv' });
  }
  @Get('/blob-typed') @ContentType('text/plain') @HttpCode(201) blobTyped() {
    return new Blob(['a,b'], { type: 'text/csv' });
  }
  @Get('/blob-plain') blobPlain() {
    return new Blob(['a,b']);
  }
  @Get('/generator') @ContentType('text/plain') *generator() {
    yield 'a';
    yield Buffer.from('λ');
  }
  @Get('/failing-generator') *failingGenerator() {
    yield* [] as string[];
    throw new Error('before the first chunk');
  }
  @Get('/lost') lost(@Query('what') what: string) {
    return { items: [{ ok: 1 }, { lost: LOST[what]!() }] };
  }
  @Get('/lost-alone') lostAlone(@Query('what') what: string) {
    return LOST[what]!();
  }
  @Get('/redirect-null') @Redirect('/default') @OnNull(404) redirectNull() {
    return null;
  }
  @Get('/members') members() {
    return { subscribe: true, stack: 'x', message: 'y', tag: {} };
  }
  @Get('/returned-error') @HttpCode(201) returnedError(@Query('of') kind: string) {
    return kind === 'bug' ? new RangeError('a bug') : new HttpError(409, 'Taken', { headers: { 'x-why': 'taken' } });
  }
  @Get('/returned-error-page') @Render('page.html') returnedErrorPage() {
    return new HttpError(409, 'Taken');
  }
  @Get('/returned-error-redirect') @Redirect('/default') returnedErrorRedirect() {
    return new HttpError(409, 'Taken');
  }
  @Get('/promised-error') async promisedError() {
    return new HttpError(409, 'Taken');
  }
  @Get('/error-of-middleware') @Use(() => new HttpError(409, 'Taken') as never) errorOfMiddleware() {}
  @Get('/redirect-undefined') @Redirect('/default') @OnUndefined(410) redirectUndefined() {}
  @Get('/render-undefined') @Render('page.html') @OnUndefined(404) renderUndefined() {}
  @Get('/render-null') @Render('page.html') @OnNull(404) renderNull() {
    return null;
  }
  @Get('/cycle') cycle() {
    const a: Record<string, unknown> = {};
    a['a'] = a;
    return a;
  }
  @Get('/function') function() {
    return () => 1;
  }
  @Get('/symbol') symbol() {
    return Symbol('x');
  }
  @Get('/bad-header') badHeader(@Query('value') value: string) {
    return new HttpReply('x', { headers: { 'x-bad': value } });
  }
  @Get('/bad-status') badStatus() {
    return new HttpReply('x', { status: 99 });
  }
  @Get('/bad-chunk') async *badChunk() {
    yield { not: 'a chunk' } as unknown as string;
  }
  @Get('/failing-stream') async *failingStream() {
    yield* [] as string[];
    throw new Error('before the first chunk');
  }
}

const internal = {
  status: 500,
  includes: { status: 500, title: 'Internal Server Error', requestId: expect.any(String) },
};

const rows: Row[] = [
  ...(
    [
      ['latin1-type', 'application/xml; charset=iso-8859-1; version=1', 'application/xml; charset=utf-8; version=1'],
      ['latin1-header', 'text/csv; charset="ISO-8859-1"', 'text/csv; charset=utf-8'],
      ['latin1-reply', 'text/csv;charset=latin1', 'text/csv; charset=utf-8'],
      ['latin1-http-reply', 'text/csv; charset=latin1', 'text/csv; charset=utf-8'],
      ['latin1-download', 'text/csv; charset=latin1', 'text/csv; charset=utf-8'],
      ['latin1-middleware', 'text/csv; charset=latin1', 'text/csv; charset=utf-8'],
    ] as const
  ).flatMap(([path, declared, utf8]): Row[] => [
    {
      rule: 'text is UTF-8, and its type says so',
      target: `/r/${path}?as=text`,
      reply: 'ä',
      replyHeaders: { 'content-type': utf8 },
    },
    ...['bytes', 'stream'].map((kind) => ({
      rule: `${kind} keep the charset that the app declares`,
      target: `/r/${path}?as=${kind}`,
      // What is not UTF-8.
      reply: '\ufffd',
      replyHeaders: { 'content-type': declared },
    })),
  ]),
  {
    rule: 'a page is UTF-8, and its type says so',
    target: '/r/latin1-page',
    reply: '<p>page.html {"title":"ä"}</p>',
    replyHeaders: { 'content-type': 'text/html; charset=utf-8' },
  },
  {
    rule: 'a type that names UTF-8 in its own way stays',
    target: '/r/utf8-type',
    reply: 'ä',
    replyHeaders: { 'content-type': 'text/csv; Charset=UTF-8; header=present' },
  },
  {
    rule: 'an object is JSON',
    target: '/r/object',
    reply: { a: 1 },
    replyHeaders: { 'content-type': 'application/json; charset=utf-8' },
  },
  { rule: 'an array is JSON', target: '/r/array', reply: [1, 'two', null] },
  { rule: 'a number is JSON', target: '/r/number', reply: 42 },
  { rule: 'a boolean is JSON', target: '/r/boolean', reply: false },
  { rule: 'a promise is awaited', target: '/r/promise', reply: { later: true } },
  { rule: 'a Date is JSON', target: '/r/date', reply: '"1970-01-01T00:00:00.000Z"' },
  { rule: 'text is UTF-8', target: '/r/unicode', reply: { text: 'λ 🚪' } },
  {
    rule: 'a string is plain text, never HTML',
    target: '/r/string',
    reply: '<b>not html</b>',
    replyHeaders: { 'content-type': 'text/plain; charset=utf-8' },
  },
  {
    rule: 'an empty string is text too',
    target: '/r/empty-string',
    reply: '',
    replyHeaders: { 'content-type': 'text/plain; charset=utf-8' },
  },
  {
    rule: '@ContentType',
    target: '/r/html',
    reply: '<b>html</b>',
    replyHeaders: { 'content-type': 'text/html; charset=utf-8' },
  },
  {
    rule: '@ContentType on an object',
    target: '/r/vendor',
    reply: { data: [] },
    replyHeaders: { 'content-type': 'application/vnd.api+json' },
  },
  {
    rule: 'a download',
    target: '/r/csv',
    reply: 'a,b\r\n',
    replyHeaders: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="x.csv"',
    },
  },
  {
    rule: 'undefined is a 204',
    target: '/r/undefined',
    status: 204,
    reply: '',
    replyHeaders: { 'content-type': undefined },
  },
  { rule: 'null is a 204', target: '/r/null', status: 204, reply: '' },
  {
    rule: 'a 204 has no content-type, whatever is decorated',
    target: '/r/null-typed',
    status: 204,
    replyHeaders: { 'content-type': undefined, 'x-own': '1' },
  },
  { rule: '@OnUndefined(404)', target: '/r/undefined-404', status: 404, includes: { status: 404 } },
  { rule: '@OnNull(404)', target: '/r/null-404', status: 404, includes: { status: 404 } },
  { rule: '@OnNull beats @HttpCode', target: '/r/null-202', status: 202, reply: '' },
  {
    rule: '@HttpCode with an empty body',
    target: '/r/created-nothing',
    method: 'POST',
    status: 201,
    reply: '',
    replyHeaders: { 'content-type': undefined },
  },
  { rule: '@HttpCode', target: '/r/created', method: 'POST', status: 201, reply: { id: 1 } },
  {
    rule: 'a 204 has no body, whatever is returned',
    target: '/r/bodiless',
    status: 204,
    reply: '',
    replyHeaders: { 'content-type': undefined },
  },
  {
    rule: 'a stream of no chunks',
    target: '/r/empty-stream',
    reply: '',
    replyHeaders: { 'content-type': 'application/octet-stream' },
  },
  {
    rule: 'an async iterable, with a type',
    target: '/r/iterable',
    reply: 'aλ',
    replyHeaders: { 'content-type': expect.stringMatching(/^text\/plain/) as unknown as string },
  },
  {
    rule: 'an HttpReply is as it is, past @HttpCode',
    target: '/r/reply',
    status: 203,
    reply: 'as it is',
    replyHeaders: { 'x-mine': 'a', 'content-type': 'text/x-mine', 'x-decorated': 'yes' },
  },
  {
    rule: 'an HttpReply passes @Redirect',
    target: '/r/reply-redirect',
    reply: 'no redirect',
    replyHeaders: { location: undefined },
  },
  {
    rule: 'an HttpReply with bytes and no type',
    target: '/r/reply-bytes',
    replyHeaders: { 'content-type': 'application/octet-stream' },
  },
  {
    rule: 'reply() makes a reply of a value',
    target: '/r/reply-function',
    status: 202,
    reply: { made: true },
    replyHeaders: { 'x-list': 'a, b', 'content-type': 'application/json; charset=utf-8' },
  },
  {
    rule: 'headers in latin1 are sent in latin1, beside a body of text as well',
    target: '/r/latin1-head',
    reply: 'text',
    replyHeaders: { 'x-own': 'caf\u00e9', 'x-decorated': 'é' },
    replyCookies: ['a=\u00e4'],
  },
  {
    rule: 'a web Response is as it is',
    target: '/r/response',
    status: 418,
    reply: 'web',
    replyHeaders: { 'x-web': '1', 'content-type': 'text/x-web' },
    replyCookies: COOKIES,
  },
  {
    rule: 'Response.json',
    target: '/r/response-json',
    reply: { web: true },
    replyHeaders: { 'content-type': 'application/json' },
  },
  { rule: 'several cookies, each whole', target: '/r/cookies', reply: 'cookies', replyCookies: COOKIES },
  { rule: 'a cookie by @Header', target: '/r/one-cookie', reply: 'one', replyCookies: [COOKIES[0]!] },
  {
    rule: '@Header, twice',
    target: '/r/headers',
    replyHeaders: { 'cache-control': 'no-store', 'x-number': '1' },
  },
  {
    rule: 'a redirect is a 302',
    target: '/r/redirect',
    status: 302,
    reply: '',
    replyHeaders: { location: '/r/object?x=1' },
  },
  { rule: 'unless it says otherwise', target: '/r/redirect-301', status: 301, replyHeaders: { location: '/gone' } },
  {
    rule: 'a string replaces the location',
    target: '/r/redirect-to?to=/there',
    status: 302,
    replyHeaders: { location: '/there' },
  },
  { rule: 'nothing leaves it', target: '/r/redirect-to', status: 302, replyHeaders: { location: '/default' } },
  {
    rule: 'a location is encoded',
    target: '/r/redirect-to?to=/caf%C3%A9%20x%2520',
    status: 302,
    replyHeaders: { location: '/caf%C3%A9%20x%20' },
  },
  ...[
    '//evil.example',
    '/%5cevil.example',
    '/%09/evil.example',
    'https://evil.example',
    'javascript:x',
    '/x%0d%0aset-cookie:a=b',
  ].map(
    (to): Row => ({
      rule: 'a returned location that may lead to another origin, or has control characters, is a 500',
      target: `/r/redirect-to?to=${to}`,
      status: 500,
      replyHeaders: { location: undefined, 'set-cookie': undefined },
    }),
  ),
  {
    rule: 'a returned location on the same origin is a page of the app',
    target: '/r/redirect-to?to=https://shop.example/x',
    headers: { host: 'shop.example' },
    status: 302,
    replyHeaders: { location: 'https://shop.example/x' },
  },
  {
    rule: 'a returned location leads anywhere where all is allowed',
    target: '/r/redirect-any?to=https://other.example/caf%C3%A9%0d%0aset-cookie:a=b',
    status: 307,
    replyHeaders: { location: 'https://other.example/caf%C3%A9%0D%0Aset-cookie:a=b' },
  },
  {
    rule: '@Render',
    target: '/r/render',
    reply: '<p>page.html {"title":"T"}</p>',
    replyHeaders: { 'content-type': 'text/html; charset=utf-8' },
  },
  { rule: '@Render takes undefined as {}', target: '/r/render-nothing', status: 202, reply: '<p>page.html {}</p>' },
  {
    rule: '@Render with @ContentType',
    target: '/r/render-xml',
    replyHeaders: { 'content-type': 'application/xml; charset=utf-8' },
  },
  {
    rule: 'a bigint is its digits in a string',
    target: '/r/bigint',
    reply: { n: '12345678901234567890', list: ['-1'] },
  },
  { rule: 'a bigint alone, too', target: '/r/bigint-alone', reply: '"12345678901234567890"' },
  {
    rule: 'a Map is an object, a Set inside of it a list',
    target: '/r/map',
    reply: { a: 1, 2: { b: ['1970-01-01T00:00:00.000Z'] } },
  },
  {
    rule: 'an empty Map is an object, an empty Set a list',
    target: '/r/empty-map',
    reply: { map: {}, set: [], object: {} },
  },
  { rule: 'a Set is a list', target: '/r/set', reply: { tags: ['a', '1', { '{}': '{}' }] } },
  { rule: 'a Set alone is a list', target: '/r/set-alone', reply: [1, 2] },
  {
    rule: 'toJSON decides first, and all else is what JSON makes of it',
    target: '/r/to-json',
    reply: { money: [1], pattern: {}, error: {} },
  },
  { rule: 'an object at two places is there twice', target: '/r/shared', reply: [{ set: [1] }, { set: [1] }] },
  { rule: 'a Map or a Set of another realm is the same', target: '/r/other-realm', reply: { map: { a: ['1'] } } },
  { rule: 'an object that looks like a promise is awaited', target: '/r/thenable', reply: { rows: 1 } },
  { rule: 'a cycle through a Map and a Set cannot be serialised', target: '/r/map-cycle', ...internal },
  { rule: 'a Map with objects as keys is an error', target: '/r/map-of-objects', ...internal },
  {
    rule: 'a Blob is its bytes, with its type',
    target: '/r/blob',
    reply: 'a,b',
    replyHeaders: { 'content-type': 'text/csv' },
  },
  {
    rule: '@ContentType beats the type of a Blob',
    target: '/r/blob-typed',
    status: 201,
    reply: 'a,b',
    replyHeaders: { 'content-type': 'text/plain' },
  },
  {
    rule: 'a Blob without a type is bytes',
    target: '/r/blob-plain',
    replyHeaders: { 'content-type': 'application/octet-stream' },
  },
  { rule: 'a generator is streamed', target: '/r/generator', reply: 'aλ' },
  { rule: 'a generator that fails before its first chunk', target: '/r/failing-generator', ...internal },
  ...Object.keys(LOST).map(
    (what): Row => ({ rule: `${what}, inside of a result, is an error`, target: `/r/lost?what=${what}`, ...internal }),
  ),
  { rule: 'an iterator alone is an error', target: '/r/lost-alone?what=iterator', ...internal },
  { rule: 'an observable alone is an error', target: '/r/lost-alone?what=observable', ...internal },
  ...['form', 'headers', 'search'].map(
    (what): Row => ({ rule: `${what} alone is an error`, target: `/r/lost-alone?what=${what}`, ...internal }),
  ),
  ...['Float64Array', 'Uint16Array', 'DataView'].map(
    (what): Row => ({ rule: `a ${what} is neither bytes nor a list`, target: `/r/view?of=${what}`, ...internal }),
  ),
  {
    rule: 'members called as those of an observable or an error are members',
    target: '/r/members',
    reply: { subscribe: true, stack: 'x', message: 'y', tag: {} },
  },
  {
    rule: 'an HttpError that is returned is as one that is thrown',
    target: '/r/returned-error?of=http',
    status: 409,
    includes: { detail: 'Taken' },
    replyHeaders: { 'x-why': 'taken' },
  },
  { rule: 'any other error that is returned is a bug', target: '/r/returned-error?of=bug', ...internal },
  ...['/r/returned-error-page', '/r/returned-error-redirect', '/r/promised-error', '/r/error-of-middleware'].map(
    (target): Row => ({
      rule: 'an HttpError is its own reply wherever it is returned',
      target,
      status: 409,
      includes: { detail: 'Taken' },
      replyHeaders: { location: undefined },
    }),
  ),
  { rule: '@OnNull beats @Redirect', target: '/r/redirect-null', status: 404, replyHeaders: { location: undefined } },
  { rule: '@OnUndefined beats @Redirect', target: '/r/redirect-undefined', status: 410 },
  { rule: '@OnUndefined beats @Render', target: '/r/render-undefined', status: 404 },
  { rule: '@OnNull beats @Render', target: '/r/render-null', status: 404 },
  { rule: 'a cycle cannot be serialised', target: '/r/cycle', ...internal },
  { rule: 'nor can a function', target: '/r/function', ...internal },
  { rule: 'nor can a symbol', target: '/r/symbol', ...internal },
  { rule: 'a header with CR and LF is an error', target: '/r/bad-header?value=a%0d%0ab', ...internal },
  { rule: 'a header with NUL is an error', target: '/r/bad-header?value=a%00b', ...internal },
  { rule: 'a header beyond latin1 is an error', target: '/r/bad-header?value=%CE%BB', ...internal },
  { rule: 'a tab in a header is none', target: '/r/bad-header?value=a%09b', reply: 'x' },
  { rule: 'a status that HTTP does not have', target: '/r/bad-status', ...internal },
  { rule: 'a chunk that is neither text nor bytes', target: '/r/bad-chunk', ...internal },
  { rule: 'a stream that fails before its first chunk', target: '/r/failing-stream', ...internal },
];

const app = defineApp({ controllers: [ReplyController], views, log: () => {} });

describe('replies', () => runRows(app, rows));

describe('bytes', () => {
  const expected: [path: string, bytes: number[], type: string][] = [
    ['/r/bytes', [0, 255, 128, 10], 'application/octet-stream'],
    ['/r/buffer', [137, 80, 78, 71], 'image/png'],
    ['/r/node-stream', [1, 2, 253], 'application/octet-stream'],
    ['/r/web-stream', [200, 201], 'application/octet-stream'],
  ];
  test.each(expected)('%s comes as it is through every door', async (path, bytes, type) => {
    const { openDoors } = await import('twodoors/testing');
    const doors = await openDoors(app);
    for (const door of doors) {
      const response = await door.request(path);
      expect([door.name, response.status, [...response.body], response.headers['content-type']]).toEqual([
        door.name,
        200,
        bytes,
        type,
      ]);
    }
    await doors.close();
  });
});

test.each([
  ['promise', 'a promise'],
  ['thenable', 'a promise'],
  ['iterator', 'an iterator'],
  ['generator', 'an iterator'],
  ['async-generator', 'a stream'],
  ['observable', 'an observable'],
  ['blob', 'a Blob'],
  ['form', 'a FormData'],
  ['headers', 'a Headers'],
  ['search', 'a URLSearchParams'],
  ['response', 'a Response'],
  ['buffer', 'an ArrayBuffer'],
])('the error for %s, inside of a result, names its place', async (what, kind) => {
  const { inject } = await import('twodoors/testing');
  const logged: string[] = [];
  const watched = defineApp({
    controllers: [ReplyController],
    views,
    log: (error) => void logged.push((error as Error).message),
  });
  await inject(watched, `/r/lost?what=${what}`);
  expect(logged).toEqual([expect.stringContaining(`The result has ${kind} at "items[1].lost"`)]);
});

test('the error for a cycle through a Map says that it is one', () => {
  const map = new Map<string, unknown>();
  expect(() => reply(map.set('set', new Set([map])))).toThrow(/circular/);
});

test('promises that nobody awaits end no process when they reject', async () => {
  const { inject } = await import('twodoors/testing');
  const unhandled: unknown[] = [];
  const logged: string[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  process.on('unhandledRejection', note);
  const watched = defineApp({
    controllers: [ReplyController],
    views,
    log: (error) => void logged.push((error as Error).message),
  });
  for (const place of ['list', 'set', 'list']) {
    expect((await inject(watched, `/r/rejections?in=${place}`)).status).toBe(500);
    await new Promise((resolve) => setImmediate(resolve));
  }
  process.off('unhandledRejection', note);
  expect(unhandled).toEqual([]);
  expect(logged.map((each) => /has (.*), which/.exec(each)?.[1])).toEqual([
    'a promise at "[0]"',
    'a promise at "rejections[0]"',
    'a promise at "[0]"',
  ]);
});

test('a plain result is serialised once, and any other is at most looked at again', () => {
  const stringify = jest.spyOn(JSON, 'stringify');
  expect(reply({ a: [1, { b: 'x' }] }).body).toBe('{"a":[1,{"b":"x"}]}');
  expect(stringify).toHaveBeenCalledTimes(1);
  expect(reply({ a: {} }).body).toBe('{"a":{}}');
  expect(stringify).toHaveBeenCalledTimes(3);
  stringify.mockRestore();
});
