/** HEAD has the status and the headers of GET, without its body (RFC 9110 §9.3.2); of a stream, what its first chunk decides. */

import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { Readable } from 'node:stream';
import {
  ContentType,
  Controller,
  defineApp,
  Get,
  type HttpRequest,
  NotFoundError,
  Param,
  Req,
  reply,
  setCookie,
  sse,
} from 'twodoors';
import { toKoa } from 'twodoors/koa';
import { cors, securityHeaders } from 'twodoors/middleware';
import { type Door, doorNames, openDoor } from 'twodoors/testing';

const closed: string[] = [];
const logged: string[] = [];

/** A generator that says when it is closed. */
async function* told(name: string, chunks: readonly unknown[], failure?: Error): AsyncGenerator<string> {
  try {
    for (const chunk of chunks) yield chunk as string;
    if (failure !== undefined) throw failure;
  } finally {
    closed.push(name);
  }
}

const STREAMS: Record<string, () => unknown> = {
  chunks: () => told('chunks', ['a', 'b']),
  'not-found': () => told('not-found', [], new NotFoundError('no such export')),
  bug: () => told('bug', [], new Error('before the first chunk')),
  empty: () => told('empty', []),
  'not-a-chunk': () => told('not-a-chunk', [{}]),
  'missing-file': () => createReadStream('/nowhere/file.txt'),
  'web-stream': () => new ReadableStream({ pull: (controller) => controller.error(new NotFoundError()) }),
  length: () => reply(Readable.from(['ab']), { headers: { 'content-length': '2', 'x-own': '1' } }),
  'no-iterator': () =>
    reply({
      [Symbol.asyncIterator]: () => {
        throw new NotFoundError();
      },
    } as AsyncIterable<string>),
  events: () => sse(told('events', ['a'])),
  late: () => new Readable({ read() {} }),
};

@Controller('/head')
class HeadController {
  @Get('/:what') @ContentType('text/csv') stream(@Param('what') what: string, @Req() request: HttpRequest) {
    setCookie(request, 'seen', what);
    return STREAMS[what]!();
  }
}

const app = defineApp({
  controllers: [HeadController],
  log: (error) => void logged.push((error as Error).message),
  use: [cors({ origin: ['https://app.example'] }), securityHeaders()],
  timeout: 200,
});

describe.each(doorNames)('%s', (name) => {
  let door: Door;
  beforeAll(async () => {
    door = await openDoor(app, name);
  });
  afterAll(() => door.close());
  beforeEach(() => {
    closed.length = logged.length = 0;
  });

  test.each([
    ['chunks', 200],
    ['not-found', 404],
    ['bug', 500],
    ['empty', 200],
    ['not-a-chunk', 500],
    ['missing-file', 500],
    ['web-stream', 404],
    ['length', 200],
    ['no-iterator', 404],
    ['late', 504],
  ])('HEAD of a stream is as GET: %s', async (what, status) => {
    const headers = { origin: 'https://app.example' };
    const asked = [];
    for (const method of ['GET', 'HEAD']) {
      logged.length = 0;
      const response = await door.request(`/head/${what}`, { method, headers });
      const { 'transfer-encoding': _chunked, date: _date, ...others } = response.headers;
      asked.push({ status: response.status, others, cookies: response.cookies, logged: [...logged] });
      if (method === 'HEAD') expect(response.text()).toBe('');
    }
    expect(asked[0]).toMatchObject({ status, others: { 'access-control-allow-origin': 'https://app.example' } });
    expect(asked[1]).toEqual(asked[0]);
  });

  test.each(['chunks', 'not-found', 'not-a-chunk', 'empty'])('HEAD closes the source: %s', async (what) => {
    await door.request(`/head/${what}`, { method: 'HEAD' });
    expect(closed).toEqual([what]);
  });

  test('HEAD of server-sent events does not wait for the first event', async () => {
    const { status, headers } = await door.request('/head/events', { method: 'HEAD' });
    expect([status, headers['content-type']]).toEqual([200, 'text/event-stream; charset=utf-8']);
  });
});

test('a stream that HEAD waits for is closed when the client leaves', async () => {
  let close!: () => void;
  const isClosed = new Promise<void>((resolve) => {
    close = resolve;
  });
  let open!: () => void;
  const isOpen = new Promise<void>((resolve) => {
    open = resolve;
  });
  @Controller()
  class StalledController {
    @Get('/') stalled() {
      return new Readable({
        read: () => open(),
        destroy(_error, done) {
          close();
          done(null);
        },
      });
    }
  }
  const server = createServer(toKoa(defineApp({ controllers: [StalledController], log: () => {} })).callback());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write('HEAD / HTTP/1.1\r\nhost: x\r\n\r\n');
  await isOpen;
  socket.destroy();
  await isClosed;
  server.close();
});
