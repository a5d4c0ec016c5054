/** Rows of `compress()`; many of them are bugs that were reported of the same middleware elsewhere, and their rules. */

import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliDecompressSync, createBrotliDecompress, createGunzip, gunzipSync, gzipSync } from 'node:zlib';
import { Controller, defineApp, Get, Header, HttpError, HttpReply, sse } from 'twodoors';
import { toKoa } from 'twodoors/koa';
import { createHandler } from 'twodoors/lambda';
import { compress, etag } from 'twodoors/middleware';
import { type Door, type DoorName, doorNames, gateways, openDoor } from 'twodoors/testing';
import { type Row, runRows } from '../contract/run-rows.js';
import { restEvent } from '../fixtures/events/events.js';

const LONG = 'All work and no play. '.repeat(200);
/** Bytes without any order: compressed, they would be longer. */
const NOISE = Buffer.concat(Array.from({ length: 100 }, (_, i) => createHash('sha256').update(String(i)).digest()));

let release = () => {};
let closed = 0;

/** Chunks that wait for the test between them. */
async function* gated(): AsyncGenerator<string> {
  try {
    yield 'first\n';
    await new Promise<void>((resolve) => {
      release = resolve;
    });
    yield 'second\n';
  } finally {
    closed++;
  }
}

@Controller()
class BodyController {
  @Get('/text') text() {
    return LONG;
  }
  @Get('/json') json() {
    return { text: LONG };
  }
  @Get('/bytes') @Header('content-type', 'image/svg+xml') bytes() {
    return Buffer.from(LONG);
  }
  @Get('/problem-json') @Header('content-type', 'application/vnd.api+json; charset=utf-8') vendor() {
    return Buffer.from(LONG);
  }
  @Get('/small') small() {
    return 'x'.repeat(1023);
  }
  @Get('/just') just() {
    return 'x'.repeat(1024);
  }
  @Get('/wide') wide() {
    return 'é'.repeat(600);
  }
  @Get('/png') @Header('content-type', 'image/png') png() {
    return Buffer.from(LONG);
  }
  @Get('/untyped') untyped() {
    return Buffer.from(LONG);
  }
  @Get('/noise') @Header('content-type', 'text/plain') noise() {
    return NOISE;
  }
  @Get('/encoded') encoded() {
    return new HttpReply(gzipSync(LONG), { headers: { 'content-type': 'text/plain', 'content-encoding': 'gzip' } });
  }
  @Get('/identity') identity() {
    return new HttpReply(LONG, { headers: { 'content-encoding': 'identity' } });
  }
  @Get('/no-transform') noTransform() {
    return new HttpReply(LONG, { headers: { 'cache-control': 'public, No-Transform, max-age=5' } });
  }
  @Get('/partial') partial() {
    return new HttpReply(LONG, { status: 206, headers: { 'content-range': `bytes 0-${LONG.length - 1}/9000` } });
  }
  @Get('/ranges') ranges() {
    return new HttpReply(LONG, { headers: { 'accept-ranges': 'bytes', vary: 'Origin', etag: '"v1"' } });
  }
  @Get('/digest') digest() {
    return new HttpReply(LONG, { headers: { 'repr-digest': 'sha-256=:AAAA:' } });
  }
  @Get('/varies') varies() {
    return new HttpReply(LONG, { headers: { vary: 'accept-encoding' } });
  }
  @Get('/error') error() {
    throw new HttpError(422, LONG);
  }
  @Get('/stream') @Header('content-type', 'text/plain') async *stream() {
    yield 'first\n';
    yield LONG;
    yield '';
    yield 'last\n';
  }
  @Get('/empty-stream') @Header('content-type', 'text/plain') async *emptyStream() {}
  @Get('/gated') @Header('content-type', 'text/plain') gated() {
    return gated();
  }
  @Get('/sse') sse() {
    return sse(gated());
  }
  @Get('/fails-at-once') @Header('content-type', 'text/plain') async *failsAtOnce() {
    yield* [] as string[];
    throw new HttpError(418, 'no tea');
  }
  @Get('/too-long') tooLong() {
    return new HttpReply(
      (async function* () {
        yield LONG;
      })(),
      { headers: { 'content-type': 'text/plain', 'content-length': '10' } },
    );
  }
  @Get('/exact') exact() {
    return new HttpReply(
      (async function* () {
        yield 'exact';
      })(),
      { headers: { 'content-type': 'text/plain', 'content-length': '5' } },
    );
  }
  @Get('/many') @Header('content-type', 'text/plain') async *many() {
    for (let i = 0; i < 200; i++) yield NOISE;
  }
  @Get('/nothing') nothing() {}
}

const options = { controllers: [BodyController], log: () => {} };
const app = defineApp({ ...options, use: [compress({ restBinaryMediaTypes: true })] });

const accepts = (coding: string) => ({ headers: { 'accept-encoding': coding } });
const encoded = (coding: string | undefined, others: Row['replyHeaders'] = {}) => ({
  replyHeaders: { 'content-encoding': coding, ...others },
});
const PLAIN = encoded(undefined);

describe('compress()', () =>
  runRows(app, [
    {
      rule: 'text is compressed',
      target: '/text',
      ...accepts('gzip'),
      ...encoded('gzip', { vary: 'Accept-Encoding' }),
    },
    { rule: 'JSON is compressed', target: '/json', ...accepts('gzip'), ...encoded('gzip') },
    { rule: 'bytes of a text type are compressed', target: '/bytes', ...accepts('br'), ...encoded('br') },
    { rule: 'a type that ends in +json is compressed', target: '/problem-json', ...accepts('br'), ...encoded('br') },
    { rule: 'Brotli is preferred', target: '/text', ...accepts('gzip, deflate, br, zstd'), ...encoded('br') },
    { rule: 'what the client prefers counts', target: '/text', ...accepts('br;q=0.5, gzip;q=0.8'), ...encoded('gzip') },
    { rule: 'a coding with q=0 is refused', target: '/text', ...accepts('br;q=0, gzip'), ...encoded('gzip') },
    { rule: 'a coding with q=0.000 is refused', target: '/text', ...accepts('gzip; q=0.000'), ...PLAIN },
    { rule: 'a weight that is none refuses', target: '/text', ...accepts('br;q=1.5, gzip;q=x'), ...PLAIN },
    { rule: 'of a coding named twice, the first counts', target: '/text', ...accepts('br;q=0, br'), ...PLAIN },
    { rule: '* is any coding', target: '/text', ...accepts('*'), ...encoded('br') },
    { rule: '* does not bring back a refused one', target: '/text', ...accepts('br;q=0, *;q=0.1'), ...encoded('gzip') },
    { rule: 'names have no case', target: '/text', ...accepts('GZIP'), ...encoded('gzip') },
    { rule: 'x-gzip is gzip', target: '/text', ...accepts('x-gzip'), ...encoded('gzip') },
    { rule: 'a name that begins with gzip is another one', target: '/text', ...accepts('gzipped'), ...PLAIN },
    { rule: 'a client may like the plain body better', target: '/text', ...accepts('identity, gzip;q=0.5'), ...PLAIN },
    {
      rule: 'a client that says nothing gets the plain body, and caches know that others do not',
      target: '/text',
      reply: LONG,
      ...encoded(undefined, { vary: 'Accept-Encoding' }),
    },
    { rule: 'an empty header accepts nothing', target: '/text', ...accepts(''), ...PLAIN },
    { rule: 'a small body stays', target: '/small', ...accepts('gzip'), ...encoded(undefined, { vary: undefined }) },
    { rule: 'a body of the threshold is compressed', target: '/just', ...accepts('gzip'), ...encoded('gzip') },
    { rule: 'the threshold is in bytes', target: '/wide', ...accepts('gzip'), ...encoded('gzip') },
    { rule: 'an image stays', target: '/png', ...accepts('gzip'), ...encoded(undefined, { vary: undefined }) },
    { rule: 'bytes of unknown type stay', target: '/untyped', ...accepts('gzip'), ...PLAIN },
    {
      rule: 'what gets longer stays',
      target: '/noise',
      ...accepts('gzip'),
      ...encoded(undefined, { vary: 'Accept-Encoding' }),
    },
    {
      rule: 'what has a coding is not compressed twice',
      target: '/encoded',
      ...accepts('br, gzip'),
      ...encoded('gzip'),
    },
    { rule: 'identity is a coding', target: '/identity', ...accepts('br'), ...encoded('identity') },
    {
      rule: 'no-transform is respected, in any case and place',
      target: '/no-transform',
      ...accepts('br'),
      ...encoded(undefined, { vary: undefined }),
    },
    {
      rule: 'a part of a file stays: its range is of the plain body',
      target: '/partial',
      status: 206,
      ...accepts('br'),
      ...PLAIN,
    },
    { rule: 'a digest of the bytes keeps them', target: '/digest', ...accepts('br'), ...PLAIN },
    {
      rule: 'a tag becomes weak, ranges are no longer offered, and Vary is added to',
      target: '/ranges',
      ...accepts('br'),
      ...encoded('br', { etag: 'W/"v1"', 'accept-ranges': undefined, vary: 'Origin, Accept-Encoding' }),
    },
    {
      rule: 'a plain body keeps its tag and its ranges',
      target: '/ranges',
      ...encoded(undefined, { etag: '"v1"', 'accept-ranges': 'bytes' }),
    },
    {
      rule: 'Vary has a name once',
      target: '/varies',
      ...accepts('br'),
      ...encoded('br', { vary: 'accept-encoding' }),
    },
    { rule: 'errors are compressed', target: '/error', status: 422, ...accepts('br'), ...encoded('br') },
    { rule: 'a stream is compressed', target: '/stream', ...accepts('br'), ...encoded('br') },
    { rule: 'a stream has no length of the plain body', target: '/exact', ...accepts('gzip'), ...encoded('gzip') },
    {
      rule: 'a stream that fails at once is the reply to its error',
      target: '/fails-at-once',
      ...accepts('br'),
      status: 418,
    },
    { rule: 'a stream that is longer than it says is a 500', target: '/too-long', ...accepts('br'), status: 500 },
    {
      rule: 'a 204 stays',
      target: '/nothing',
      ...accepts('br'),
      status: 204,
      ...encoded(undefined, { vary: undefined }),
    },
    {
      rule: 'HEAD has the headers of GET',
      target: '/ranges',
      method: 'HEAD',
      reply: '',
      ...accepts('br'),
      ...encoded('br', { etag: 'W/"v1"', vary: 'Origin, Accept-Encoding' }),
    },
    {
      rule: 'HEAD of a stream has the headers of GET',
      target: '/stream',
      method: 'HEAD',
      ...accepts('br'),
      ...encoded('br'),
    },
  ]));

describe.each(doorNames)('what comes through %s', (name) => {
  let door: Door;
  beforeAll(async () => {
    door = await openDoor(app, name);
  });
  afterAll(() => door.close());

  const plain: [target: string, text: string][] = [
    ['/text', LONG],
    ['/bytes', LONG],
    ['/stream', `first\n${LONG}last\n`],
    ['/empty-stream', ''],
    ['/exact', 'exact'],
    ['/encoded', LONG],
  ];
  test.each(plain)('is what was sent: %s', async (target, text) => {
    const zipped = await door.request(target, accepts('gzip'));
    expect(gunzipSync(zipped.body).toString()).toBe(text);
    if (target === '/encoded') return;
    const { body, headers } = await door.request(target, accepts('br'));
    expect(headers['content-encoding']).toBe('br');
    expect(brotliDecompressSync(body).toString()).toBe(text);
  });

  test('has the length of the compressed body, for HEAD as for GET', async () => {
    const got = await door.request('/text', accepts('gzip'));
    if (got.headers['content-length'] !== undefined) {
      expect(got.headers['content-length']).toBe(String(got.body.byteLength));
      const head = await door.request('/text', { method: 'HEAD', ...accepts('gzip') });
      expect(head.headers['content-length']).toBe(got.headers['content-length']);
    }
  });

  test('is whole, however much it is', async () => {
    const { body } = await door.request('/many', accepts('gzip'));
    expect(gunzipSync(body)).toEqual(Buffer.concat(Array.from({ length: 200 }, () => NOISE)));
  });
});

describe('with etag()', () => {
  const orders = {
    'inside of compress()': [compress({ restBinaryMediaTypes: true }), etag()],
    'around it': [etag(), compress({ restBinaryMediaTypes: true })],
  };
  for (const [order, use] of Object.entries(orders)) {
    describe(order, () => {
      const tagged = defineApp({ ...options, use });
      runRows(tagged, [
        {
          rule: 'a 304 has the weak tag and the Vary of its 200',
          target: '/ranges',
          headers: { 'accept-encoding': 'br', 'if-none-match': 'W/"v1"' },
          status: 304,
          replyHeaders: { etag: 'W/"v1"', vary: 'Origin, Accept-Encoding', 'content-encoding': undefined },
        },
        {
          rule: 'a 304 of the plain body has its strong tag',
          target: '/ranges',
          headers: { 'if-none-match': '"v1"' },
          status: 304,
          replyHeaders: { etag: '"v1"', vary: 'Origin, Accept-Encoding' },
        },
      ]);
      test.each<DoorName>(['koa', 'http'])('the tag of a reply is one for its 304: %s', async (name) => {
        const door = await openDoor(tagged, name);
        try {
          for (const coding of ['br', 'gzip', 'identity']) {
            const { headers } = await door.request('/text', accepts(coding));
            const again = await door.request('/text', {
              headers: { 'accept-encoding': coding, 'if-none-match': headers['etag']! },
            });
            expect([again.status, again.headers['etag'], again.headers['vary']]).toEqual([
              304,
              headers['etag'],
              headers['vary'],
            ]);
          }
        } finally {
          await door.close();
        }
      });
    });
  }
});

describe('behind a REST API', () => {
  const event = {
    ...restEvent(),
    httpMethod: 'GET',
    path: '/text',
    headers: { 'accept-encoding': 'br' },
    multiValueHeaders: null,
  };
  const isCompressed = async (use: ReturnType<typeof compress>, sent: object) => {
    const result = (await createHandler(defineApp({ ...options, use: [use] }))(sent)) as {
      headers: Record<string, string>;
    };
    return result.headers['content-encoding'];
  };
  test('bodies stay text: without binary media types it would send base64', async () => {
    expect(await isCompressed(compress(), event)).toBeUndefined();
  });
  test('bodies are compressed where it has binary media types', async () => {
    expect(await isCompressed(compress({ restBinaryMediaTypes: true }), event)).toBe('br');
  });
  test('an HTTP API with events of that form takes bytes', async () => {
    expect(await isCompressed(compress(), { ...event, version: '1.0' })).toBe('br');
  });
  test('clients get what they can read, whatever the API has', async () => {
    const door = gateways.rest;
    const request = {
      method: 'GET',
      target: '/text',
      headers: [['accept-encoding', 'br']] as [string, string][],
      body: new Uint8Array(),
    };
    const context = { addsHeaders: false, hasBinaryMediaTypes: false };
    const result = await createHandler(defineApp({ ...options, use: [compress()] }))(door.toEvent(request, context));
    expect(Buffer.from(door.toResponse(result, request, context).body).toString()).toBe(LONG);
  });
});

describe('own options', () => {
  const narrow = defineApp({
    ...options,
    use: [compress({ threshold: 0, types: /^image\/png$/g, restBinaryMediaTypes: true })],
  });
  runRows(narrow, [
    { rule: 'a type of the expression is compressed, each time', target: '/png', ...accepts('br'), ...encoded('br') },
    {
      rule: 'a type of the expression is compressed, each time again',
      target: '/png',
      ...accepts('br'),
      ...encoded('br'),
    },
    { rule: 'any other is not', target: '/text', ...accepts('br'), ...PLAIN },
  ]);
});

describe('a stream over a socket', () => {
  let server: ReturnType<typeof createServer>;
  beforeAll(async () => {
    server = createServer(toKoa(app).callback()).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  async function open(path: string, coding: string): Promise<IncomingMessage> {
    const { port } = server.address() as AddressInfo;
    const request = httpRequest({ port, path, headers: { 'accept-encoding': coding } }).end();
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    expect(response.headers['content-encoding']).toBe(coding);
    return response;
  }

  test.each([
    ['/gated', 'gzip'],
    ['/gated', 'br'],
    ['/sse', 'gzip'],
    ['/sse', 'br'],
  ])('sends each chunk when it comes: %s, %s', async (path, coding) => {
    const response = await open(path, coding);
    const text = response.pipe(coding === 'br' ? createBrotliDecompress() : createGunzip());
    let received = '';
    text.on('data', (chunk: Buffer) => {
      received += chunk.toString();
    });
    // The second chunk waits until the first is here, and would wait forever.
    while (!received.includes('first')) await once(text, 'data');
    expect(received).not.toContain('second');
    release();
    await once(text, 'end');
    expect(received).toContain('second');
  });

  test('is closed when the client leaves', async () => {
    const before = closed;
    const response = await open('/gated', 'gzip');
    await once(response, 'readable');
    response.destroy();
    release();
    while (closed === before) await new Promise<void>((resolve) => setImmediate(resolve));
    expect(closed).toBe(before + 1);
  });
});
