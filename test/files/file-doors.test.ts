/** Public files where a door has a part of its own: routers of Koa, gateways that take text alone, clients that leave. */

import { readdirSync, readlinkSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import Koa from 'koa';
import { Controller, defineApp, Get, HttpReply, type HttpRequest, type Middleware, Req, sendFile } from 'twodoors';
import { toKoa, toRouter } from 'twodoors/koa';
import { createHandler } from 'twodoors/lambda';
import { openDoors, toRawRequest } from 'twodoors/testing';
import { gateways } from '../../src/runtime/gateways/gateways.js';
import { makeFolder, tagOf } from './public-folder.js';

const SCRIPT = 'export const greeting = "grüezi";\n';
const LARGE = 'λ'.repeat(900_000);

const folder = makeFolder({
  'app.js': SCRIPT,
  'app.js.gz': gzipSync(SCRIPT),
  'large.txt': LARGE,
  'image.png': Uint8Array.of(137, 80, 78, 71),
});
const { root } = folder;
afterAll(() => folder.remove());

@Controller()
class Home {
  @Get('/home') home() {
    return 'home';
  }
  @Get('/sent') sent(@Req() request: HttpRequest) {
    return sendFile(request, 'large.txt', { root });
  }
}

const app = defineApp({ controllers: [Home], public: root });
/** A load balancer takes no reply of this size. */
const log = () => {};

async function listen(koa: Koa): Promise<{ server: Server; origin: string; port: number }> {
  const server = createServer(koa.callback()).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  return { server, port, origin: `http://127.0.0.1:${port}` };
}

function close(server: Server): void {
  server.close();
  server.closeAllConnections();
}

describe('toRouter', () => {
  test.each(['alone', 'with routes of its own'])(
    'serves files, and passes on what is neither route nor file: %s',
    async (how) => {
      const koa = new Koa();
      const router = toRouter(app, { basePath: '/app' });
      if (how !== 'alone') {
        router.get('/own', (context) => {
          context.body = 'own';
        });
      }
      koa.use(router.routes());
      koa.use((context) => {
        context.body = `passed on ${context.path}`;
      });
      const { server, origin } = await listen(koa);
      const textOf = async (path: string, init = {}) => (await fetch(origin + path, init)).text();
      expect(await textOf('/app/app.js')).toBe(SCRIPT);
      expect(await textOf('/app/home')).toBe('home');
      expect(await textOf('/app/none.js')).toBe('passed on /app/none.js');
      expect(await textOf('/app.js')).toBe('passed on /app.js');
      expect((await fetch(`${origin}/app/app.js`, { method: 'POST' })).status).toBe(405);
      expect((await fetch(`${origin}/app/app.js`, { method: 'OPTIONS' })).headers.get('allow')).toBe(
        'GET, HEAD, OPTIONS',
      );
      if (how !== 'alone') expect(await textOf('/app/own')).toBe('own');
      close(server);
    },
  );
});

describe('a REST API without binaryMediaTypes', () => {
  const handler = createHandler(app);
  const ask = async (target: string, headers: Record<string, string> = {}) => {
    const request = toRawRequest(target, { headers });
    const context = { hasBinaryMediaTypes: false };
    const event = JSON.parse(JSON.stringify(gateways.rest.toEvent(request, context)));
    const result = JSON.parse(JSON.stringify(await handler(event)));
    const response = gateways.rest.toResponse(result, request, context);
    const headerOf = (name: string) => response.headers.find(([each]) => each.toLowerCase() === name)?.[1];
    return { status: response.status, text: Buffer.from(response.body).toString(), headerOf, result };
  };

  test('gets text as text, and no compressed siblings', async () => {
    const { text, headerOf, result } = await ask('/app.js', { 'accept-encoding': 'gzip, br' });
    expect(result.isBase64Encoded).toBe(false);
    expect([text, headerOf('content-encoding'), headerOf('etag')]).toEqual([SCRIPT, undefined, tagOf(SCRIPT)]);
    expect(headerOf('vary')).toBe('Accept-Encoding');
  });

  test('gets a large text as text, too, and ranges of it', async () => {
    expect((await ask('/large.txt')).text === LARGE).toBe(true);
    expect((await ask('/large.txt', { range: 'bytes=0-3' })).text).toBe('λλ');
  });

  test('gets bytes as base64, as any client of such an API', async () => {
    expect((await ask('/image.png')).text).toBe('iVBORw==');
  });

  test('is no HTTP API with payload format 1.0, which always decodes', async () => {
    const event = gateways.rest.toEvent(toRawRequest('/app.js', { headers: { 'accept-encoding': 'gzip' } }));
    const result = await handler({ ...(event as object), version: '1.0' });
    expect(result).toMatchObject({ isBase64Encoded: true, body: gzipSync(SCRIPT).toString('base64') });
  });
});

describe('a file is closed', () => {
  const large = join(root, 'large.txt');
  const openFiles = () =>
    readdirSync('/proc/self/fd').filter((fd) => {
      try {
        return readlinkSync(`/proc/self/fd/${fd}`) === large;
      } catch {
        return false;
      }
    }).length;
  const untilClosed = async () => {
    for (let turns = 0; openFiles() > 0 && turns < 100_000; turns++) await new Promise(setImmediate);
    expect(openFiles()).toBe(0);
  };
  const onLinux = process.platform === 'linux' ? test : test.skip;

  onLinux.each(['/large.txt', '/sent'])('after it was sent, and where its reply is replaced: %s', async (target) => {
    const seen: unknown[] = [];
    const replace: Middleware = async (_request, next) => {
      const reply = (await next()) as HttpReply;
      seen.push(reply.body);
      return new HttpReply('instead');
    };
    for (const use of [[], [replace]]) {
      const doors = await openDoors(defineApp({ controllers: [Home], public: root, use, log }));
      for (const door of doors) {
        const { text } = await door.request(target);
        if (use.length > 0) expect(text()).toBe('instead');
        await door.request(target, { method: 'HEAD' });
        await door.request(target, { headers: { 'if-none-match': '*' } });
        await untilClosed();
      }
      await doors.close();
    }
    // At the Koa door a file of this size is a stream.
    expect(seen.some((body) => typeof body === 'object' && Symbol.asyncIterator in (body as object))).toBe(true);
  });

  onLinux('where the client leaves in the middle', async () => {
    const { server, port } = await listen(toKoa(app));
    const socket = connect(port, '127.0.0.1');
    socket.write('GET /large.txt HTTP/1.1\r\nhost: a\r\n\r\n');
    await new Promise((resolve) => socket.once('data', resolve));
    socket.destroy();
    await untilClosed();
    close(server);
  });
});
