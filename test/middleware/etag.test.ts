/** Rows of `etag()`; many of them are bugs that were reported of the same middleware elsewhere, and their rules. */

import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { Controller, Delete, defineApp, Get, HttpReply, NotFoundError, Post, Put, Use } from 'twodoors';
import { cacheControl, cors, etag } from 'twodoors/middleware';
import { doorNames } from 'twodoors/testing';
import { runRows } from '../contract/run-rows.js';

const ADA = { name: 'Ada' };
const tagOf = (text: string | Uint8Array) => `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;
const TAG = tagOf(JSON.stringify(ADA));
const MODIFIED = 'Wed, 21 Oct 2026 07:28:00 GMT';

/** How often the handler of a request that only writes was called. */
let written = 0;
/** How many streams were closed. */
let closed = 0;

@Controller()
class PageController {
  @Get('/ada') ada() {
    return ADA;
  }
  @Get('/text') text() {
    return 'héllo';
  }
  @Get('/bytes') bytes() {
    return new Uint8Array([0, 255]);
  }
  @Get('/empty') empty() {
    return '';
  }
  @Get('/nothing') nothing() {}
  @Get('/stream') async *stream() {
    yield 'a';
  }
  @Get('/own-stream') ownStream() {
    const body = new Readable({
      read() {
        this.push('a');
        this.push(null);
      },
      destroy(error, done) {
        closed++;
        done(error);
      },
    });
    return new HttpReply(body, { headers: { etag: '"own"' } });
  }
  @Get('/own') own() {
    return new HttpReply('text', {
      headers: {
        etag: '"v1"',
        'last-modified': MODIFIED,
        'cache-control': 'max-age=5',
        vary: 'Accept',
        'content-location': '/own.txt',
        'content-language': 'en',
        expires: MODIFIED,
        'x-other': 'stays',
      },
      cookies: ['a=b'],
    });
  }
  @Get('/dated') dated() {
    return new HttpReply(new Uint8Array([1]), { headers: { etag: 'W/"d"', 'last-modified': MODIFIED } });
  }
  @Get('/dated-only') datedOnly() {
    return new HttpReply(
      (async function* () {
        yield 'x';
      })(),
      { headers: { 'last-modified': MODIFIED } },
    );
  }
  @Get('/partial') partial() {
    return new HttpReply('par', { status: 206, headers: { 'content-range': 'bytes 0-2/7' } });
  }
  @Get('/missing') missing() {
    throw new NotFoundError();
  }
  @Get('/like-missing') likeMissing() {
    return new HttpReply('{}', { status: 404 });
  }
  @Get('/created') created() {
    return new HttpReply('text', { status: 201 });
  }
  @Post('/ada') post() {
    written++;
    return ADA;
  }
  @Put('/own') put() {
    return new HttpReply('text', { headers: { etag: '"v1"' } });
  }
  @Delete('/own') remove() {
    return new HttpReply('gone', { headers: { etag: '"v1"' } });
  }
}

const known = (list: string) => ({ headers: { 'if-none-match': list } });
const since = (date: string) => ({ headers: { 'if-modified-since': date } });
const fresh = { status: 304, reply: '' };

describe('etag()', () => {
  const origin = 'https://app.example';
  const app = defineApp({
    controllers: [PageController],
    log: () => {},
    use: [etag(), cors({ origin: [origin, 'https://b.example'] }), cacheControl({ maxAge: 9 })],
  });
  runRows(app, [
    { rule: 'JSON has a tag', target: '/ada', reply: ADA, replyHeaders: { etag: TAG } },
    { rule: 'text has a tag, of its bytes', target: '/text', replyHeaders: { etag: tagOf('héllo') } },
    { rule: 'bytes have a tag', target: '/bytes', replyHeaders: { etag: tagOf(new Uint8Array([0, 255])) } },
    { rule: 'empty text has a tag', target: '/empty', reply: '', replyHeaders: { etag: tagOf('') } },
    { rule: 'HEAD has the tag of GET', target: '/ada', method: 'HEAD', reply: '', replyHeaders: { etag: TAG } },
    { rule: 'a 204 has none', target: '/nothing', status: 204, replyHeaders: { etag: undefined } },
    { rule: 'a stream has none', target: '/stream', reply: 'a', replyHeaders: { etag: undefined } },
    { rule: 'a part of a file has none', target: '/partial', status: 206, replyHeaders: { etag: undefined } },
    { rule: 'an error has none', target: '/missing', status: 404, replyHeaders: { etag: undefined } },
    { rule: 'a 201 has none', target: '/created', status: 201, replyHeaders: { etag: undefined } },
    { rule: 'a POST has none', target: '/ada', method: 'POST', replyHeaders: { etag: undefined } },
    { rule: 'a tag of the handler stays', target: '/own', replyHeaders: { etag: '"v1"' } },
    { rule: 'the same tag is a 304', target: '/ada', ...known(TAG), ...fresh, replyHeaders: { etag: TAG } },
    { rule: 'the same tag is a 304 for HEAD', target: '/ada', method: 'HEAD', ...known(TAG), ...fresh },
    {
      rule: 'the weak form of the tag is a 304: a proxy has compressed the reply',
      target: '/ada',
      ...known(`W/${TAG}`),
      ...fresh,
    },
    { rule: 'a strong form of a weak tag is a 304', target: '/dated', ...known('"d"'), ...fresh },
    { rule: 'one tag of a list is a 304', target: '/ada', ...known(`"a", W/"b",${TAG} , "c"`), ...fresh },
    { rule: 'a tag with a comma in it is one tag', target: '/own', ...known('"x,"v1","'), reply: 'text' },
    { rule: '* is a 304', target: '/ada', ...known('*'), ...fresh },
    { rule: '* is a 304 for what has no tag', target: '/stream', ...known(' * '), ...fresh },
    { rule: '"*" is a tag like others', target: '/ada', ...known('"*"'), reply: ADA },
    { rule: 'another tag is the whole reply', target: '/ada', ...known('"other"'), reply: ADA },
    { rule: 'a part of the tag is not the tag', target: '/own', ...known('"v"'), reply: 'text' },
    { rule: 'a tag without quotes is not the tag', target: '/own', ...known('v1'), reply: 'text' },
    { rule: '* is not a 304 for an error', target: '/missing', ...known('*'), status: 404 },
    { rule: '* is not a 304 for an error that was returned', target: '/like-missing', ...known('*'), status: 404 },
    { rule: '* is not a 304 for a 204', target: '/nothing', ...known('*'), status: 204 },
    { rule: 'a PUT is never a 304', target: '/own', method: 'PUT', ...known('"v1"'), reply: 'text' },
    { rule: 'a DELETE is never a 304', target: '/own', method: 'DELETE', ...known('"v1"'), reply: 'gone' },
    {
      rule: 'a 304 has what caches need and what is not about the body',
      target: '/own',
      headers: { 'if-none-match': '"v1"', origin },
      ...fresh,
      replyHeaders: {
        etag: '"v1"',
        'cache-control': 'max-age=5',
        vary: 'Accept, Origin',
        'content-location': '/own.txt',
        expires: MODIFIED,
        'x-other': 'stays',
        'access-control-allow-origin': origin,
        'content-type': undefined,
        'content-length': undefined,
        'content-language': undefined,
      },
      replyCookies: ['a=b'],
    },
    {
      rule: 'a 304 has the cache-control that its 200 has',
      target: '/ada',
      ...known(TAG),
      ...fresh,
      replyHeaders: { 'cache-control': 'max-age=9' },
    },
    { rule: 'a date counts', target: '/dated', ...since(MODIFIED), ...fresh },
    { rule: 'a later date counts', target: '/dated', ...since('Thu, 22 Oct 2026 07:28:00 GMT'), ...fresh },
    { rule: 'an earlier date is the whole reply', target: '/dated', ...since('Tue, 20 Oct 2026 07:28:00 GMT') },
    { rule: 'an invalid date is the whole reply', target: '/dated', ...since('yesterday') },
    {
      rule: 'a date does not count beside a tag',
      target: '/dated',
      headers: { 'if-none-match': '"other"', 'if-modified-since': MODIFIED },
      replyHeaders: { etag: 'W/"d"' },
    },
    { rule: 'a date is enough for a stream', target: '/dated-only', ...since(MODIFIED), ...fresh },
    {
      rule: 'no-cache of the client is for caches on the way',
      target: '/ada',
      headers: { 'if-none-match': TAG, 'cache-control': 'no-cache' },
      ...fresh,
    },
  ]);

  describe('closes the stream of a 304', () => {
    runRows(app, [{ rule: 'with a tag of its own', target: '/own-stream', ...known('"own"'), ...fresh }]);
    test('each', () => expect(closed).toBe(doorNames.length));
  });

  test('lets a handler that writes do so', () => expect(written).toBe(doorNames.length));
});

@Controller('/methods')
@Use(etag({ weak: true }))
class MethodController {
  @Get('/weak') weak() {
    return ADA;
  }
  @Get('/error') error() {
    throw new NotFoundError();
  }
}

describe('on a class', () =>
  runRows(defineApp({ controllers: [MethodController], log: () => {} }), [
    { rule: 'replies have a tag', target: '/methods/weak', replyHeaders: { etag: `W/${TAG}` } },
    { rule: 'and are compared to it', target: '/methods/weak', ...known(`W/${TAG}`), ...fresh },
    { rule: 'errors pass', target: '/methods/error', status: 404, replyHeaders: { etag: undefined } },
  ]));
