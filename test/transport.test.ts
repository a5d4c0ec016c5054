import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { jest } from '@jest/globals';
import { Controller, defineApp, Get, type HttpRequest, Post, Req } from 'twodoors';
import { type RunningServer, serve } from 'twodoors/koa';

const logged: unknown[] = [];

@Controller()
class UploadController {
  @Get('/slow') async slow() {
    await new Promise((resolve) => setTimeout(resolve, 20));
    return 'slow';
  }
  @Post('/upload') async upload(@Req() request: HttpRequest) {
    return (await request.rawBody()).byteLength;
  }
  @Post('/echo') echo(@Req() request: HttpRequest) {
    return request.stream();
  }
}

let running: RunningServer;
let server: Server;
const consoleLines: unknown[][] = [];

beforeAll(async () => {
  jest.spyOn(console, 'log').mockImplementation(() => {});
  jest.spyOn(console, 'error').mockImplementation((...line) => consoleLines.push(line));
  const app = defineApp({ controllers: [UploadController], log: (error) => logged.push(error) });
  running = await serve(app, { port: 0, host: '127.0.0.1' });
  ({ server } = running);
});

afterAll(async () => {
  await running.close();
  jest.restoreAllMocks();
});

/** Sends all parts, one after another, and gives all that comes back until the server ends the connection. */
async function exchange(...parts: (string | ((socket: Socket) => void | Promise<void>))[]): Promise<string> {
  const socket = connect({ port: running.port, host: '127.0.0.1', allowHalfOpen: true });
  let received = '';
  let failure: Error | undefined;
  socket.setEncoding('latin1').on('data', (chunk) => {
    received += chunk;
  });
  const ended = new Promise<void>((resolve) => {
    socket.once('end', resolve);
    socket.once('error', (error) => {
      failure = error;
      resolve();
    });
  });
  for (const part of parts) {
    if (typeof part === 'string') socket.write(part);
    else await part(socket);
  }
  await ended;
  socket.destroy();
  return failure === undefined ? received : `${received}${failure.message}`;
}

/** The server's side of the newest connection that has a request under way. */
const arrived = () => once(server, 'request').then(() => {});

const FILLER = 'x'.repeat(2_000_000);
const CHUNKED = 'POST /upload HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n';

const requests: [what: string, status: number, parts: Parameters<typeof exchange>][] = [
  ['headers that are too large', 431, [`GET /slow HTTP/1.1\r\nhost: x\r\nx-large: ${FILLER}\r\n\r\n`]],
  ['a request line that is not HTTP', 400, [`nonsense\r\n\r\n${FILLER}`]],
  ['a bad chunk', 400, [`${CHUNKED}zz\r\n${FILLER}`]],
  ['a chunk extension that is too large', 413, [`${CHUNKED}1;${FILLER}\r\n`]],
];

describe('a request that Node cannot read gets a reply that the client can read', () => {
  test.each(requests)('%s is a %d for 20 of 20 clients', async (_what, status, parts) => {
    const replies = await Promise.all(Array.from({ length: 20 }, () => exchange(...parts)));
    for (const reply of replies) {
      const [head, body] = reply.split('\r\n\r\n') as [string, string];
      expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
      expect(head).toContain('connection: close');
      expect(JSON.parse(body)).toMatchObject({ type: 'about:blank', status });
    }
  });

  test('a request that takes too long is a 408', async () => {
    const connected = once(server, 'connection');
    const reply = await exchange('GET /slow HTTP/1.1\r\n', async () => {
      const [socket] = await connected;
      server.emit('clientError', Object.assign(new Error(), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), socket);
    });
    expect(reply).toMatch(/^HTTP\/1\.1 408 /);
  });

  test('the replies to requests before it go first', async () => {
    const reply = await exchange(`GET /slow HTTP/1.1\r\nhost: x\r\n\r\n${CHUNKED}zz\r\n`);
    expect(reply.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 400']);
  });

  test('a reply that has begun breaks off', async () => {
    const reply = await exchange(`${CHUNKED.replace('/upload', '/echo')}5\r\nhello\r\n`, (socket) =>
      once(socket, 'data').then(() => void socket.write('zz\r\n')),
    );
    expect(reply).toMatch(/^HTTP\/1\.1 200 /);
    expect(reply).not.toMatch(/HTTP\/1\.1 400|\r\n0\r\n\r\n$/);
  });

  test('a client that does not stop sending is cut off after a while', async () => {
    const connected = once(server, 'connection');
    const socket = connect({ port: running.port, host: '127.0.0.1', allowHalfOpen: true }).on('error', () => {});
    socket.resume().write('nonsense\r\n\r\n');
    const [accepted] = (await connected) as [Socket];
    await once(socket, 'end');
    expect(accepted.destroyed).toBe(false);
    await new Promise((resolve) => accepted.once('close', resolve));
    socket.destroy();
  });
});

describe('what clients do wrong is not in the log', () => {
  test.each([
    ['an aborted upload', 'POST /upload HTTP/1.1\r\nhost: x\r\ncontent-length: 9999\r\n\r\nbegin'],
    ['an aborted echo', 'POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 9999\r\n\r\nbegin'],
    ['an aborted chunk', `${CHUNKED}5\r\nhe`],
  ])('%s', async (_what, text) => {
    const came = arrived();
    const socket = connect(running.port, '127.0.0.1').on('error', () => {});
    const accepted = once(server, 'connection') as Promise<[Socket]>;
    socket.write(text);
    await came;
    const [serverSide] = await accepted;
    const closed = new Promise((resolve) => serverSide.once('close', resolve));
    socket.resetAndDestroy();
    await closed;
    // One more exchange: by then everything about the aborted one is over.
    expect(await exchange('GET /slow HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 /);
  });

  afterAll(() => {
    expect(logged).toEqual([]);
    expect(consoleLines).toEqual([]);
  });
});
