/** What `accessLog()` writes, and when: one line for each request, through every door. */

import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Controller, defineApp, Get, type Middleware, NotFoundError, Param, Post } from 'twodoors';
import { toKoa } from 'twodoors/koa';
import { type AccessEntry, type AccessLogOptions, accessLog, compress, cors, requestId } from 'twodoors/middleware';
import { type DoorName, doorNames, openDoor } from 'twodoors/testing';

let release = () => {};
const gate = () =>
  new Promise<void>((resolve) => {
    release = resolve;
  });

@Controller('/log')
class LogController {
  @Get('/text/:name') text(@Param('name') name: string) {
    return `héllo ${name}`;
  }
  @Post('/nothing') nothing() {}
  @Get('/missing') missing() {
    throw new NotFoundError();
  }
  @Get('/bug') bug() {
    throw new Error('secret');
  }
  @Get('/stream') async *stream() {
    yield 'one ';
    yield 'twö';
  }
  @Get('/fails-at-once') async *failsAtOnce() {
    yield* [] as string[];
    throw new Error('at once');
  }
  @Get('/fails-midway') async *failsMidway() {
    yield 'beginning';
    throw new Error('midway');
  }
  @Get('/hangs') hangs() {
    return new Promise(() => {});
  }
  @Get('/waits') async waits() {
    await gate();
    return 'late';
  }
  @Get('/waits-midway') async *waitsMidway() {
    yield 'beginning';
    await gate();
    yield 'end';
  }
}

/** An app, and the lines that it has written. */
function logged(options: AccessLogOptions = {}, others: readonly Middleware[] = [], timeout?: number) {
  const lines: string[] = [];
  const app = defineApp({
    controllers: [LogController],
    log: () => {},
    timeout,
    use: [accessLog({ write: (line) => lines.push(line), ...options }), ...others],
  });
  return { app, lines };
}

async function linesOf(
  name: DoorName,
  target: string,
  { app, lines }: ReturnType<typeof logged>,
  init = {},
): Promise<Record<string, unknown>[]> {
  const door = await openDoor(app, name);
  try {
    await door.request(target, init).catch(() => {});
  } finally {
    await door.close();
  }
  return lines.splice(0).map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe.each(doorNames)('through %s', (name) => {
  const app = logged({}, [cors({ origin: '*' })]);
  const rows: [rule: string, target: string, line: object, init?: object][] = [
    [
      'a reply has its size in bytes, its route and its client',
      '/log/text/Ada?token=secret',
      {
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        requestId: expect.any(String),
        client: expect.any(String),
        method: 'GET',
        path: '/log/text/Ada',
        route: '/log/text/:name',
        protocol: 'HTTP/1.1',
        status: 200,
        bytes: 10,
        durationMs: expect.any(Number),
        userAgent: 'test',
        referer: 'https://a.example/',
      },
      // A load balancer says nowhere else who the client is.
      { headers: { 'user-agent': 'test', referer: 'https://a.example/', 'x-forwarded-for': '192.0.2.1' } },
    ],
    [
      'a reply without a body has 0 bytes',
      '/log/nothing',
      { status: 204, bytes: 0, method: 'POST' },
      { method: 'POST' },
    ],
    ['HEAD has 0 bytes', '/log/text/x', { status: 200, bytes: 0, method: 'HEAD' }, { method: 'HEAD' }],
    ['an error has its status', '/log/missing', { status: 404, route: '/log/missing' }],
    ['a bug has its status', '/log/bug', { status: 500 }],
    ['an unknown path has no route', '/nowhere', { status: 404, path: '/nowhere' }],
    [
      'a preflight that cors() answers is there',
      '/log/text/x',
      { status: 204, method: 'OPTIONS' },
      { method: 'OPTIONS', headers: { origin: 'https://a.example', 'access-control-request-method': 'GET' } },
    ],
    ['a stream has all its bytes', '/log/stream', { status: 200, bytes: 8 }],
    ['a stream that fails at once has the status that was sent', '/log/fails-at-once', { status: 500 }],
  ];
  test.each(rows)('%s', async (_rule, target, line, init = {}) => {
    const lines = await linesOf(name, target, app, init);
    expect(lines).toEqual([expect.objectContaining(line)]);
    expect(lines[0]).not.toHaveProperty('aborted');
  });

  test('a stream that breaks off is one line: what was sent', async () => {
    const [line, ...more] = await linesOf(name, '/log/fails-midway', app);
    expect(more).toEqual([]);
    // A function that collects the body sends a 500 in its place.
    expect(line).toMatchObject(name === 'koa' ? { status: 200, bytes: 9, aborted: true } : { status: 500 });
  });

  test('a time-out is a 504', async () => {
    expect(await linesOf(name, '/log/hangs', logged({}, [], 20))).toEqual([expect.objectContaining({ status: 504 })]);
  });

  test('the size is that of the compressed body, and the id that of the reply', async () => {
    const shrink: Middleware = async (_request, next) => {
      const reply = await next();
      if (typeof reply.body === 'string') reply.body = 'x'.repeat(5000);
      return reply;
    };
    const { app: compressing, lines } = logged({}, [
      compress({ restBinaryMediaTypes: true }),
      requestId({ trust: true }),
      shrink,
    ]);
    const door = await openDoor(compressing, name);
    try {
      const init = { headers: { 'accept-encoding': 'gzip', 'x-request-id': 'abc' } };
      const { body } = await door.request('/log/text/x', init);
      expect(body.byteLength).toBeLessThan(100);
      expect(JSON.parse(lines[0]!)).toMatchObject({ bytes: body.byteLength, requestId: 'abc' });
    } finally {
      await door.close();
    }
  });
});

test('on Lambda a line has what other lines of the log have', async () => {
  const [line] = await linesOf('http', '/log/missing', logged());
  expect(line).toMatchObject({ coldStart: expect.any(Boolean) });
});

test('a line is one line, whatever the client sends', async () => {
  const { app, lines } = logged();
  const door = await openDoor(app, 'url');
  await door.request('/log/text/x', { headers: { 'user-agent': 'a\u009b31m"' } });
  await door.close();
  expect(lines[0]).toMatch(/^[\x20-\x7e]+$/);
  expect(JSON.parse(lines[0]!)).toMatchObject({ userAgent: expect.stringContaining('31m"') });
});

describe('the Common Log Format', () => {
  test.each<DoorName>(['koa', 'http', 'alb'])('through %s', async (name) => {
    const { app, lines } = logged({ format: 'common', query: true });
    const door = await openDoor(app, name);
    try {
      await door.request('/log/text/Ada?a=1&b=%22', { headers: { 'x-forwarded-for': '192.0.2.1' } });
      await door.request('/log/nothing', { method: 'POST' });
    } finally {
      await door.close();
    }
    const [first, second] = lines;
    const date = /\[\d\d\/(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\/\d{4}:\d\d:\d\d:\d\d \+0000\]/;
    expect(first).toMatch(new RegExp(`^[\\d.]+ - - ${date.source} "GET /log/text/Ada\\?a=1&b=%22 HTTP/1\\.1" 200 10$`));
    expect(second).toMatch(/"POST \/log\/nothing HTTP\/1\.1" 204 -$/);
  });

  test('a quote in a path does not end the field', async () => {
    const { app, lines } = logged({ format: 'common' });
    const door = await openDoor(app, 'koa');
    await door.request('/log/a"b\\c');
    await door.close();
    expect(lines[0]).toContain('"GET /log/a\\"b\\\\c HTTP/1.1" 404 ');
  });
});

describe('options', () => {
  test('a function makes the line', async () => {
    const { app, lines } = logged({ format: ({ method, status }: AccessEntry) => `${method} ${status}` });
    const door = await openDoor(app, 'koa');
    await door.request('/log/missing');
    await door.close();
    expect(lines).toEqual(['GET 404']);
  });

  test('what is skipped is not written', async () => {
    const skipping = logged({ skip: ({ route }) => route === '/log/missing' });
    expect(await linesOf('koa', '/log/missing', skipping)).toEqual([]);
    expect(await linesOf('koa', '/log/text/x', skipping)).toHaveLength(1);
  });

  test('a log that fails costs no reply', async () => {
    const failing = defineApp({
      controllers: [LogController],
      use: [
        accessLog({
          write: () => {
            throw new Error('disk full');
          },
        }),
      ],
    });
    const { error } = console;
    const errors: unknown[] = [];
    console.error = (...values: unknown[]) => errors.push(values);
    const door = await openDoor(failing, 'koa');
    try {
      expect((await door.request('/log/text/x')).status).toBe(200);
    } finally {
      console.error = error;
      await door.close();
    }
    expect(errors).toHaveLength(1);
  });
});

describe('a client that leaves', () => {
  test.each([
    ['before the reply', '/log/waits', { status: 200, bytes: 10 - 6 }],
    ['in the middle of a stream', '/log/waits-midway', { status: 200, bytes: 9 }],
  ])('%s is an aborted request, and one line', async (_when, path, line) => {
    let written!: (line: string) => void;
    const first = new Promise<string>((resolve) => {
      written = resolve;
    });
    const lines: string[] = [];
    const { app } = logged({
      write(text) {
        lines.push(text);
        written(text);
      },
    });
    const server = createServer(toKoa(app).callback()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const request = httpRequest({ port: (server.address() as AddressInfo).port, path });
    request.on('error', () => {});
    const arrived = once(server, 'request');
    const response = once(request, 'response').catch(() => []);
    request.end();
    const [, serverResponse] = await arrived;
    const gone = once(serverResponse, 'close');
    if (path.endsWith('midway')) await once(((await response) as [IncomingMessage])[0], 'readable');
    request.destroy();
    await gone;
    release();
    expect(JSON.parse(await first)).toMatchObject({ ...line, aborted: true });
    server.close();
    server.closeAllConnections();
    expect(lines).toHaveLength(1);
  });
});
