/** Files of public folders through every door: what is sent, to whom, and what beats them. */

import { brotliCompressSync, gzipSync } from 'node:zlib';
import {
  All,
  Controller,
  defineApp,
  Get,
  Head,
  HttpReply,
  type HttpRequest,
  Options,
  Param,
  Post,
  Req,
} from 'twodoors';
import { doorNames, openDoors } from 'twodoors/testing';
import { type Row, runRows } from '../contract/run-rows.js';
import { digitsOf, MODIFIED_AT, makeFolder, tagOf } from './public-folder.js';

const CSS = 'body { color: #123456 }\n';
const BYTES = Uint8Array.from({ length: 256 }, (_, i) => i);
const LARGE = Buffer.alloc(1_500_000, 'large ');
const LATIN = Buffer.from([0x63, 0x61, 0x66, 0xe9]);
const SCRIPT = 'export const answer = 42;\n';

const folder = makeFolder({
  'app.css': CSS,
  'bytes.bin': BYTES,
  'large.bin': LARGE,
  'latin.txt': LATIN,
  'empty.txt': '',
  'script.js': SCRIPT,
  'script.js.br': brotliCompressSync(SCRIPT),
  'script.js.gz': gzipSync(SCRIPT),
  'only.css': CSS,
  'only.css.gz': gzipSync(CSS),
  'favicon.ico': BYTES,
  'deep/b c.txt': 'spaced',
  'deep/é λ.txt': 'unicode',
  'deep/100%.txt': 'percent',
  'deep/a+b&c=d.txt': 'signs',
  'index.html': '<p>index</p>',
  'deep/index.html': '<p>deep</p>',
  '.well-known/security.txt': 'Contact: mailto:a@example.com',
  README: 'no extension',
  'page.html': '<p>é</p>',
  'data.json': '{"a":1}',
  'taken.txt': 'file',
  'all.txt': 'file',
  'head.txt': 'file',
  'posted.txt': 'file',
});
const vendor = makeFolder({ 'lib.3f2a.js': 'lib', 'app.css': 'second' });
afterAll(() => {
  folder.remove();
  vendor.remove();
});

@Controller()
class Routes {
  @Get('/taken.txt') taken() {
    return 'route';
  }
  @All('/all.txt') all(@Req() { method }: HttpRequest) {
    return `route ${method}`;
  }
  @Head('/head.txt') head() {
    return new HttpReply(undefined, { headers: { 'x-route': 'yes' } });
  }
  @Post('/posted.txt') posted() {
    return 'posted';
  }
  @Get('/deep/:id') param(@Param('id') id: string) {
    return `param ${id}`;
  }
  @Get('/deep{/:id}/more') optional() {
    return 'optional';
  }
  @Get('/p:id.css') mixed(@Param('id') id: string) {
    return `mixed ${id}`;
  }
  @Get('/*rest') rest(@Param('rest') rest: string) {
    return `rest ${rest}`;
  }
}

const app = defineApp({ controllers: [Routes], public: folder.root });

const LAST_MODIFIED = MODIFIED_AT.toUTCString();
const BEFORE = new Date(MODIFIED_AT.getTime() - 1000).toUTCString();

const PLAIN: Row[] = [
  {
    rule: 'a file has its type, a strong ETag, the time of its last change, and no time to keep it',
    target: '/app.css',
    reply: CSS,
    replyHeaders: {
      'content-type': 'text/css; charset=utf-8',
      etag: tagOf(CSS),
      'last-modified': LAST_MODIFIED,
      'cache-control': 'no-cache',
      'accept-ranges': 'bytes',
      vary: undefined,
      'content-encoding': undefined,
    },
  },
  { rule: 'a query changes nothing', target: '/app.css?v=1', reply: CSS },
  { rule: 'an icon has a type', target: '/favicon.ico', replyHeaders: { 'content-type': 'image/x-icon' } },
  { rule: 'JSON is JSON', target: '/data.json', reply: { a: 1 }, replyHeaders: { 'content-type': 'application/json' } },
  {
    rule: 'a file without an extension is bytes',
    target: '/README',
    reply: 'no extension',
    replyHeaders: { 'content-type': 'application/octet-stream' },
  },
  {
    rule: 'HTML has a charset',
    target: '/page.html',
    reply: '<p>é</p>',
    replyHeaders: { 'content-type': 'text/html; charset=utf-8' },
  },
  { rule: 'an empty file is an empty reply', target: '/empty.txt', reply: '', replyHeaders: { etag: tagOf('') } },
  { rule: 'a space in a name', target: '/deep/b%20c.txt', reply: 'spaced' },
  { rule: 'Unicode in a name', target: '/deep/%C3%A9%20%CE%BB.txt', reply: 'unicode' },
  { rule: 'a percent sign in a name', target: '/deep/100%25.txt', reply: 'percent' },
  { rule: 'signs in a name', target: '/deep/a+b&c=d.txt', reply: 'signs' },
  { rule: 'a name that is escaped more than it must be', target: '/%61pp.css', reply: CSS },
  {
    rule: 'the one dotted name that is for clients',
    target: '/.well-known/security.txt',
    reply: 'Contact: mailto:a@example.com',
  },
  { rule: 'one slash at the end is ignored, as after any path', target: '/app.css/', reply: CSS },
  {
    rule: 'a sibling by its own name is a file as any other',
    target: '/only.css.gz',
    replyHeaders: { 'content-type': 'application/gzip', 'content-encoding': undefined },
  },
  { rule: 'names match exactly: another case is no file', target: '/APP.css', reply: 'rest APP.css' },
  { rule: 'a folder is no file', target: '/deep', reply: 'rest deep' },
  { rule: 'a folder has no index', target: '/deep/', reply: 'rest deep' },
  { rule: 'the root has no index', target: '/', status: 404 },
];

const RANKS: Row[] = [
  { rule: 'a route with the same literal path beats a file', target: '/taken.txt', reply: 'route' },
  { rule: 'in any case of its letters', target: '/TAKEN.txt', reply: 'route' },
  { rule: 'a file beats the methods of @All, as any GET does', target: '/all.txt', reply: 'file' },
  { rule: 'other methods of @All stay', target: '/all.txt', method: 'PUT', reply: 'route PUT' },
  {
    rule: 'a route for HEAD beats a file',
    target: '/head.txt',
    method: 'HEAD',
    status: 204,
    replyHeaders: { 'x-route': 'yes' },
  },
  { rule: 'the file stays for GET', target: '/head.txt', reply: 'file' },
  { rule: 'a file beats a parameter', target: '/deep/index.html', reply: '<p>deep</p>' },
  { rule: 'the parameter takes what is no file', target: '/deep/none.html', reply: 'param none.html' },
  { rule: 'a file beats a mixed segment', target: '/page.html', reply: '<p>é</p>' },
  { rule: 'a file beats a rest', target: '/app.css', reply: CSS },
  { rule: 'the rest takes what is no file', target: '/none.css', reply: 'rest none.css' },
  {
    rule: 'a route for POST at the path of a file',
    target: '/posted.txt',
    method: 'POST',
    status: 200,
    reply: 'posted',
  },
];

const METHODS: Row[] = [
  {
    rule: 'HEAD has the headers of GET, with the length',
    target: '/bytes.bin',
    method: 'HEAD',
    reply: '',
    replyHeaders: { etag: tagOf(BYTES), 'last-modified': LAST_MODIFIED, 'content-type': 'application/octet-stream' },
  },
  {
    rule: 'another method is a 405 that allows GET',
    target: '/app.css',
    method: 'POST',
    status: 405,
    replyHeaders: { allow: 'GET, HEAD, OPTIONS' },
  },
  {
    rule: 'Allow has the methods of routes at the same path',
    target: '/posted.txt',
    method: 'DELETE',
    status: 405,
    replyHeaders: { allow: 'GET, HEAD, POST, OPTIONS' },
  },
  {
    rule: 'OPTIONS at a file',
    target: '/app.css',
    method: 'OPTIONS',
    status: 204,
    replyHeaders: { allow: 'GET, HEAD, OPTIONS' },
  },
  { rule: 'a file is read only', target: '/app.css', method: 'PUT', status: 405 },
];

/** An entity tag that no content has. */
const OTHER = '"00000000000000000000000000000000"';

const CONDITIONS: Row[] = [
  {
    rule: 'the ETag that the client has is a 304 without a body',
    target: '/app.css',
    headers: { 'if-none-match': tagOf(CSS) },
    status: 304,
    reply: '',
    replyHeaders: {
      etag: tagOf(CSS),
      'last-modified': LAST_MODIFIED,
      'cache-control': 'no-cache',
      'content-type': undefined,
    },
  },
  {
    rule: 'one of several tags',
    target: '/app.css',
    headers: { 'if-none-match': `${OTHER}, ${tagOf(CSS)}` },
    status: 304,
  },
  {
    rule: 'a weak tag of the same content',
    target: '/app.css',
    headers: { 'if-none-match': `W/${tagOf(CSS)}` },
    status: 304,
  },
  { rule: 'any tag', target: '/app.css', headers: { 'if-none-match': '*' }, status: 304 },
  { rule: 'another tag is the whole', target: '/app.css', headers: { 'if-none-match': OTHER }, reply: CSS },
  {
    rule: 'a tag beats the time',
    target: '/app.css',
    headers: { 'if-none-match': OTHER, 'if-modified-since': LAST_MODIFIED },
    reply: CSS,
  },
  {
    rule: 'the time that the client has',
    target: '/app.css',
    headers: { 'if-modified-since': LAST_MODIFIED },
    status: 304,
  },
  { rule: 'an earlier time', target: '/app.css', headers: { 'if-modified-since': BEFORE }, reply: CSS },
  { rule: 'a time that cannot be read', target: '/app.css', headers: { 'if-modified-since': 'yesterday' }, reply: CSS },
  {
    rule: 'a reload',
    target: '/app.css',
    headers: { 'if-none-match': tagOf(CSS), 'cache-control': 'no-cache' },
    reply: CSS,
  },
  {
    rule: 'HEAD with the tag',
    target: '/app.css',
    method: 'HEAD',
    headers: { 'if-none-match': tagOf(CSS) },
    status: 304,
  },
  { rule: 'If-Match of this content', target: '/app.css', headers: { 'if-match': tagOf(CSS) }, reply: CSS },
  { rule: 'If-Match of any', target: '/app.css', headers: { 'if-match': '*' }, reply: CSS },
  { rule: 'If-Match of another is a 412', target: '/app.css', headers: { 'if-match': OTHER }, status: 412 },
  { rule: 'If-Match compares strongly', target: '/app.css', headers: { 'if-match': `W/${tagOf(CSS)}` }, status: 412 },
  { rule: 'unmodified since', target: '/app.css', headers: { 'if-unmodified-since': LAST_MODIFIED }, reply: CSS },
  { rule: 'modified since is a 412', target: '/app.css', headers: { 'if-unmodified-since': BEFORE }, status: 412 },
];

const RANGES: Row[] = [
  {
    rule: 'a range',
    target: '/app.css',
    headers: { range: 'bytes=0-3' },
    status: 206,
    reply: 'body',
    replyHeaders: {
      'content-range': `bytes 0-3/${CSS.length}`,
      etag: tagOf(CSS),
      'content-type': 'text/css; charset=utf-8',
    },
  },
  {
    rule: 'from a position',
    target: '/app.css',
    headers: { range: 'bytes=20-' },
    status: 206,
    reply: CSS.slice(20),
    replyHeaders: { 'content-range': `bytes 20-${CSS.length - 1}/${CSS.length}` },
  },
  { rule: 'the last bytes', target: '/app.css', headers: { range: 'bytes=-4' }, status: 206, reply: CSS.slice(-4) },
  {
    rule: 'more of the last bytes than there are is the whole',
    target: '/app.css',
    headers: { range: 'bytes=-1000' },
    status: 206,
    reply: CSS,
  },
  {
    rule: 'an end behind the end',
    target: '/app.css',
    headers: { range: 'bytes=20-99999' },
    status: 206,
    reply: CSS.slice(20),
  },
  { rule: 'one byte', target: '/app.css', headers: { range: 'bytes=1-1' }, status: 206, reply: 'o' },
  {
    rule: 'behind the end is a 416',
    target: '/app.css',
    headers: { range: 'bytes=1000-' },
    status: 416,
    replyHeaders: { 'content-range': `bytes */${CSS.length}` },
  },
  { rule: 'the last no bytes are a 416', target: '/app.css', headers: { range: 'bytes=-0' }, status: 416 },
  { rule: 'a range of an empty file is a 416', target: '/empty.txt', headers: { range: 'bytes=0-' }, status: 416 },
  {
    rule: 'a range that ends before it begins does not count',
    target: '/app.css',
    headers: { range: 'bytes=5-2' },
    reply: CSS,
  },
  { rule: 'several ranges are the whole', target: '/app.css', headers: { range: 'bytes=0-1,4-5' }, reply: CSS },
  { rule: 'another unit does not count', target: '/app.css', headers: { range: 'lines=0-1' }, reply: CSS },
  { rule: 'nonsense does not count', target: '/app.css', headers: { range: 'bytes=a-b' }, reply: CSS },
  {
    rule: 'HEAD has no ranges',
    target: '/app.css',
    method: 'HEAD',
    headers: { range: 'bytes=0-3' },
    replyHeaders: { 'content-range': undefined },
  },
  {
    rule: 'a range of the version that the client has',
    target: '/app.css',
    headers: { range: 'bytes=0-3', 'if-range': tagOf(CSS) },
    status: 206,
    reply: 'body',
  },
  {
    rule: 'a range of another version is the whole',
    target: '/app.css',
    headers: { range: 'bytes=0-3', 'if-range': OTHER },
    reply: CSS,
  },
  {
    rule: 'a weak tag is no version for ranges',
    target: '/app.css',
    headers: { range: 'bytes=0-3', 'if-range': `W/${tagOf(CSS)}` },
    reply: CSS,
  },
  {
    rule: 'a range of the time that the client has',
    target: '/app.css',
    headers: { range: 'bytes=0-3', 'if-range': LAST_MODIFIED },
    status: 206,
    reply: 'body',
  },
  {
    rule: 'a range of another time is the whole',
    target: '/app.css',
    headers: { range: 'bytes=0-3', 'if-range': BEFORE },
    reply: CSS,
  },
  {
    rule: 'a 304 beats a range',
    target: '/app.css',
    headers: { range: 'bytes=0-3', 'if-none-match': tagOf(CSS) },
    status: 304,
  },
];

const BR = brotliCompressSync(SCRIPT);
const GZIP = gzipSync(SCRIPT);
/** A REST API passes on text alone, unless it has `binaryMediaTypes`: the table below has rows for it. */
const CODED = { target: '/script.js', lostIn: ['rest'] } satisfies Partial<Row>;

const CODINGS: Row[] = [
  {
    ...CODED,
    rule: 'brotli, where both are accepted alike',
    headers: { 'accept-encoding': 'gzip, deflate, br' },
    replyHeaders: {
      'content-encoding': 'br',
      etag: tagOf(BR),
      vary: 'Accept-Encoding',
      'content-type': 'text/javascript; charset=utf-8',
      'last-modified': LAST_MODIFIED,
    },
  },
  {
    ...CODED,
    rule: 'gzip, where brotli is not accepted',
    headers: { 'accept-encoding': 'gzip' },
    replyHeaders: { 'content-encoding': 'gzip', etag: tagOf(GZIP) },
  },
  {
    ...CODED,
    rule: 'the one with more weight',
    headers: { 'accept-encoding': 'br;q=0.5, gzip' },
    replyHeaders: { 'content-encoding': 'gzip' },
  },
  {
    ...CODED,
    rule: 'none with weight 0',
    headers: { 'accept-encoding': 'br;q=0, gzip' },
    replyHeaders: { 'content-encoding': 'gzip' },
  },
  {
    ...CODED,
    rule: 'none whose weight is none, and of one named twice the first',
    headers: { 'accept-encoding': 'br;q=1.5, gzip, gzip;q=0' },
    replyHeaders: { 'content-encoding': 'gzip' },
  },
  { ...CODED, rule: 'a star is any', headers: { 'accept-encoding': '*' }, replyHeaders: { 'content-encoding': 'br' } },
  { ...CODED, rule: 'in any case', headers: { 'accept-encoding': 'BR' }, replyHeaders: { 'content-encoding': 'br' } },
  {
    ...CODED,
    rule: 'the tag of the coding that is sent',
    headers: { 'accept-encoding': 'br', 'if-none-match': tagOf(BR) },
    status: 304,
    replyHeaders: { vary: 'Accept-Encoding', etag: tagOf(BR) },
  },
  {
    ...CODED,
    rule: 'the tag of another coding',
    headers: { 'accept-encoding': 'br', 'if-none-match': tagOf(SCRIPT) },
    status: 200,
  },
  {
    ...CODED,
    rule: 'a range of the coding that is sent',
    headers: { 'accept-encoding': 'br', range: 'bytes=0-3' },
    status: 206,
    replyHeaders: { 'content-range': `bytes 0-3/${BR.length}`, 'content-encoding': 'br' },
  },
  {
    rule: 'plain, and Vary, where nothing is accepted',
    target: '/script.js',
    headers: { 'accept-encoding': 'identity' },
    reply: SCRIPT,
    replyHeaders: { 'content-encoding': undefined, vary: 'Accept-Encoding', etag: tagOf(SCRIPT) },
  },
  {
    rule: 'plain without the header',
    target: '/script.js',
    reply: SCRIPT,
    replyHeaders: { 'content-encoding': undefined, vary: 'Accept-Encoding' },
  },
  {
    rule: 'plain where the client weighs it more',
    target: '/script.js',
    headers: { 'accept-encoding': 'br;q=0.5, identity' },
    reply: SCRIPT,
    replyHeaders: { 'content-encoding': undefined },
  },
  {
    rule: 'plain where there is no such sibling',
    target: '/only.css',
    headers: { 'accept-encoding': 'br' },
    reply: CSS,
    replyHeaders: { 'content-encoding': undefined, vary: 'Accept-Encoding' },
  },
  {
    rule: 'no Vary without siblings',
    target: '/app.css',
    headers: { 'accept-encoding': 'br, gzip' },
    reply: CSS,
    replyHeaders: { vary: undefined },
  },
];

const FINGERPRINTED: Row[] = [
  {
    rule: 'a name with the fingerprint of its content may be kept for a year',
    target: `/app.${digitsOf(CSS)}.css`,
    reply: CSS,
    replyHeaders: { 'cache-control': 'public, max-age=31536000, immutable', etag: tagOf(CSS) },
  },
  {
    rule: 'a name without an extension',
    target: `/README.${digitsOf('no extension')}`,
    reply: 'no extension',
    replyHeaders: { 'cache-control': 'public, max-age=31536000, immutable' },
  },
  { rule: 'in a folder', target: `/deep/b%20c.${digitsOf('spaced')}.txt`, reply: 'spaced' },
  {
    rule: 'the fingerprint of another version gets this one, which may not be kept',
    target: '/app.0123456789.css',
    reply: CSS,
    replyHeaders: { 'cache-control': 'no-cache' },
  },
  {
    rule: 'siblings, too',
    target: `/script.${digitsOf(SCRIPT)}.js`,
    headers: { 'accept-encoding': 'br' },
    lostIn: ['rest'],
    replyHeaders: { 'content-encoding': 'br', 'cache-control': 'public, max-age=31536000, immutable' },
  },
  { rule: 'what only looks like one is a name', target: '/app.01234567.css', reply: 'rest app.01234567.css' },
  { rule: 'of a file that does not exist', target: '/none.0123456789.css', reply: 'rest none.0123456789.css' },
];

describe('public files', () => {
  runRows(app, [...PLAIN, ...RANKS, ...METHODS, ...CONDITIONS, ...RANGES, ...CODINGS, ...FINGERPRINTED], {
    doors: 'all',
  });
});

describe('bytes arrive as they are', () => {
  const doors = openDoors(app);
  afterAll(async () => (await doors).close());

  test.each(doorNames)('%s', async (name) => {
    const door = (await doors).find((each) => each.name === name)!;
    const bytesOf = async (target: string, headers = {}) => Buffer.from((await door.request(target, { headers })).body);
    expect(await bytesOf('/bytes.bin')).toEqual(Buffer.from(BYTES));
    expect(await bytesOf('/bytes.bin', { range: 'bytes=200-210' })).toEqual(Buffer.from(BYTES.slice(200, 211)));
    expect(await bytesOf('/latin.txt')).toEqual(LATIN);
    if (name !== 'alb' && name !== 'alb-multi') expect((await bytesOf('/large.bin')).equals(LARGE)).toBe(true);
    expect(await bytesOf('/large.bin', { range: 'bytes=1000000-1000005' })).toEqual(
      LARGE.subarray(1_000_000, 1_000_006),
    );
    if (name !== 'rest') expect(await bytesOf('/script.js', { 'accept-encoding': 'br' })).toEqual(BR);
    const head = await door.request('/large.bin', { method: 'HEAD' });
    expect(head.status).toBe(200);
    expect(head.body.byteLength).toBe(0);
    if (name === 'koa') expect(head.headers['content-length']).toBe(String(LARGE.length));
  });
});

describe('several folders', () => {
  const several = defineApp({
    controllers: [Routes],
    public: [
      { root: folder.root, prefix: '/static', maxAge: 3600 },
      { root: vendor.root, immutable: true },
      { root: folder.root, prefix: '/again/', immutable: true, maxAge: 60 },
    ],
  });
  runRows(
    several,
    [
      {
        rule: 'a prefix, and a time to keep',
        target: '/static/app.css',
        reply: CSS,
        replyHeaders: { 'cache-control': 'public, max-age=3600' },
      },
      { rule: 'a prefix is compared as paths are', target: '/STATIC/app.css', reply: CSS },
      { rule: 'the prefix alone is no file', target: '/static', reply: 'rest static' },
      { rule: 'without its prefix a file is none', target: '/script.js', reply: 'rest script.js' },
      {
        rule: 'files that never change',
        target: '/lib.3f2a.js',
        reply: 'lib',
        replyHeaders: { 'cache-control': 'public, max-age=31536000, immutable' },
      },
      {
        rule: 'never, for a time',
        target: '/again/app.css',
        reply: CSS,
        replyHeaders: { 'cache-control': 'public, max-age=60, immutable' },
      },
      { rule: 'each folder has its own names', target: '/app.css', reply: 'second' },
    ],
    { doors: 'all' },
  );

  const two = defineApp({ controllers: [Routes], public: [{ root: vendor.root }, { root: folder.root }] });
  runRows(two, [
    { rule: 'of two files at one path that of the first folder counts', target: '/app.css', reply: 'second' },
    { rule: 'the second folder has the others', target: '/script.js', reply: SCRIPT },
  ]);
});

describe('options of the app', () => {
  runRows(defineApp({ controllers: [Routes], public: folder.root, strict: true }), [
    { rule: 'with "strict" a slash at the end makes another path', target: '/app.css/', reply: 'rest app.css/' },
    { rule: 'and the file stays', target: '/app.css', reply: CSS },
  ]);

  @Controller()
  class Upper {
    @Get('/TAKEN.txt') taken() {
      return 'route';
    }
    @Options('/app.css') options() {
      return 'own options';
    }
  }
  runRows(
    defineApp({
      controllers: [Upper],
      public: folder.root,
      caseSensitive: true,
      use: [
        async (_request, next) => {
          const reply = (await next()) as HttpReply;
          reply.headers['x-wrapped'] = 'yes';
          return reply;
        },
      ],
    }),
    [
      {
        rule: 'with "caseSensitive" a route of another case is another path',
        target: '/taken.txt',
        reply: 'file',
        replyHeaders: { 'x-wrapped': 'yes' },
      },
      {
        rule: 'middleware of the app wraps files',
        target: '/large.bin',
        method: 'HEAD',
        replyHeaders: { 'x-wrapped': 'yes' },
      },
      {
        rule: 'and 304s',
        target: '/app.css',
        headers: { 'if-none-match': tagOf(CSS) },
        status: 304,
        replyHeaders: { 'x-wrapped': 'yes' },
      },
      {
        rule: 'a route for OPTIONS beats that of the file',
        target: '/app.css',
        method: 'OPTIONS',
        reply: 'own options',
      },
      { rule: 'a path that is neither', target: '/none.css', status: 404 },
    ],
    { doors: 'all' },
  );
});
