import { EventEmitter, once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { Readable } from 'node:stream';
import { jest } from '@jest/globals';
import Router from '@koa/router';
import Koa from 'koa';
import {
  All,
  type App,
  Controller,
  defineApp,
  Get,
  HttpError,
  HttpReply,
  type HttpRequest,
  Param,
  Post,
  Query,
  Req,
  reply,
} from 'twodoors';
import { toKoa, toRouter } from 'twodoors/koa';
import { openDispatcher } from '../src/runtime/dispatch/dispatcher.js';

@Controller('/todos')
class TodoController {
  @Get('/:id') show(@Param('id') id: string, @Req() request: HttpRequest) {
    const { _matchedRoute, _matchedRouteName, params } = request.koa as Record<string, unknown>;
    return { id, path: request.path, _matchedRoute, _matchedRouteName, params };
  }
  @Get('/files/*rest') files(@Param('rest') rest: string) {
    return { rest };
  }
  @Post() create() {
    return 'created';
  }
  @Get() index() {
    return 'index';
  }
  @All('/any') any() {
    return 'any';
  }
}

const app = defineApp({ controllers: [TodoController], log: () => {} });

const servers: Server[] = [];

async function listen(koa: Koa): Promise<string> {
  koa.silent = true;
  const server = createServer(koa.callback()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  servers.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterAll(() => {
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
});

async function get(url: string, method = 'GET') {
  const response = await fetch(url, { method });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json');
  return { status: response.status, body: isJson ? JSON.parse(text) : text, allow: response.headers.get('allow') };
}

describe('toRouter', () => {
  test('is a router of @koa/router that holds every route', () => {
    const router = toRouter(app);
    expect(router).toBeInstanceOf(Router);
    expect(router.url('TodoController.show', { id: 'a b' })).toBe('/todos/a%20b');
    expect(router.stack.map((layer) => layer.path)).toEqual([
      '/todos/any',
      '/todos/files/*rest',
      '/todos/:id',
      '/todos',
      '/todos',
    ]);
    expect(toRouter(app, { prefix: '/api' }).url('TodoController.show', '7')).toBe('/api/todos/7');
  });

  test('replies on the paths that the app has, and passes on every other', async () => {
    const koa = new Koa();
    koa.use(toRouter(app).routes() as unknown as Koa.Middleware);
    koa.use((context) => {
      context.body = 'passed on';
    });
    const base = await listen(koa);
    expect(await get(`${base}/todos/7`)).toMatchObject({
      status: 200,
      body: { id: '7', _matchedRoute: '/todos/:id', _matchedRouteName: 'TodoController.show', params: { id: '7' } },
    });
    expect(await get(`${base}/todos`, 'DELETE')).toMatchObject({ status: 405, allow: 'GET, HEAD, POST, OPTIONS' });
    expect(await get(`${base}/todos`, 'OPTIONS')).toMatchObject({ status: 204 });
    expect(await get(`${base}/other`)).toMatchObject({ status: 200, body: 'passed on' });
    expect(await get(`${base}/%zz`)).toMatchObject({ status: 200, body: 'passed on' });
  });

  test('takes a prefix, at a segment border', async () => {
    const koa = new Koa();
    koa.use(toRouter(app, { prefix: '/api/' }).routes() as unknown as Koa.Middleware);
    const base = await listen(koa);
    expect(await get(`${base}/API/todos/7`)).toMatchObject({
      body: { id: '7', path: '/todos/7', _matchedRoute: '/api/todos/:id' },
    });
    expect(await get(`${base}/api/todos`, 'PATCH')).toMatchObject({ status: 405 });
    expect(await get(`${base}/apitodos/7`)).toMatchObject({ status: 404 });
    expect(await get(`${base}/todos/7`)).toMatchObject({ status: 404 });
    expect(() => toRouter(app, { prefix: '/:tenant' })).toThrow('is not a plain path');
  });

  test.each(['toKoa', 'toRouter', 'toRouter with a route of its own'])('%s: basePath', async (door) => {
    const based = (own: App, basePath: string) => {
      if (door === 'toKoa') return toKoa(own, { basePath });
      const router = toRouter(own, { basePath });
      if (door !== 'toRouter') router.get('/own', (context) => context.throw(418));
      return new Koa().use(router.routes() as unknown as Koa.Middleware);
    };
    const base = await listen(based(app, 'a%20b/'));
    expect(await get(`${base}/a%20b/todos/7`)).toMatchObject({ body: { id: '7', path: '/todos/7' } });
    expect(await get(`${base}/%41%20B/todos/7`)).toMatchObject({ body: { id: '7', path: '/todos/7' } });
    for (const outside of ['/todos/7', '/a%20bc/todos/7', '/', '/a', '/a/b/todos/7']) {
      expect({ outside, ...(await get(base + outside)) }).toMatchObject({ outside, status: 404 });
    }
    const sensitive = defineApp({ controllers: [TodoController], caseSensitive: true, log: () => {} });
    const other = await listen(based(sensitive, '/Api'));
    expect(await get(`${other}/Api/todos/7`)).toMatchObject({ status: 200 });
    expect(await get(`${other}/api/todos/7`)).toMatchObject({ status: 404 });
    expect(await get(`${other}/A%70i/todos/7`)).toMatchObject({ status: 200 });
  });

  test('toKoa: what is malformed outside of the base path is a 400', async () => {
    const base = await listen(toKoa(app, { basePath: '/api' }));
    expect(await get(`${base}/%zz`)).toMatchObject({ status: 400 });
    expect(await get(`${base}/api/%zz`)).toMatchObject({ status: 400 });
    expect(() => toKoa(app, { basePath: '/:tenant' })).toThrow('is not a plain path');
  });

  test('takes routes and middleware of your own, after its own', async () => {
    const router = toRouter(app);
    router.use(async (context, next) => {
      await next();
      context.set('x-own', 'yes');
    });
    router.get('/own/:x', (context) => {
      context.body = { own: context['params'].x };
    });
    router.delete('/todos', (context) => {
      context.body = 'own delete';
    });
    router.get('/todos/:id', (context) => {
      context.body = 'never: the app comes first';
    });
    const koa = new Koa();
    koa.use(router.routes() as unknown as Koa.Middleware);
    const base = await listen(koa);
    expect(await get(`${base}/own/1`)).toMatchObject({ body: { own: '1' } });
    expect(await get(`${base}/todos`, 'DELETE')).toMatchObject({ body: 'own delete' });
    expect(await get(`${base}/todos`, 'PUT')).toMatchObject({ status: 405 });
    expect(await get(`${base}/todos/7`)).toMatchObject({ body: { id: '7' } });
    expect(await get(`${base}/%74odos/files/a%2Fb/c`)).toMatchObject({ body: { rest: 'a%2Fb/c' } });
    expect((await fetch(`${base}/todos/7`)).headers.get('x-own')).toBe('yes');
  });

  test('works inside another router, which copies its layers', async () => {
    const outer = new Router({ prefix: '/outer' });
    outer.use('/:tenant', toRouter(app).routes());
    const koa = new Koa();
    koa.use(outer.routes());
    const base = await listen(koa);
    expect(await get(`${base}/outer/acme/todos/a%20b`)).toMatchObject({ status: 200, body: { id: 'a b' } });
    expect(await get(`${base}/outer/acme/todos/files/a%2Fb/c`)).toMatchObject({ body: { rest: 'a%2Fb/c' } });
    expect(await get(`${base}/outer/acme/todos/any`)).toMatchObject({ body: 'any' });
    expect(await get(`${base}/outer/acme/todos`)).toMatchObject({ body: 'index' });
    expect(await get(`${base}/outer/acme/todos/%zz`)).toMatchObject({ status: 400 });
    expect(await get(`${base}/todos/7`)).toMatchObject({ status: 404 });
  });

  test('Koa middleware sees the reply', async () => {
    const koa = new Koa();
    koa.use(async (context, next) => {
      await next();
      if (typeof context.body === 'string') context.body = context.body.toUpperCase();
      context.append('set-cookie', 'after=1');
    });
    koa.use(toRouter(app).routes() as unknown as Koa.Middleware);
    expect(await get(`${await listen(koa)}/todos`)).toMatchObject({ body: 'INDEX' });
  });

  describe('Vary of the reply is added to that of Koa middleware around it', () => {
    @Controller('/vary')
    class VaryController {
      @Get('/whole') whole(@Query('by') by: string) {
        return reply('text', { headers: { vary: by } });
      }
      @Get('/chunks') chunks(@Query('by') by: string) {
        return new HttpReply(Readable.from(['text']), { headers: { vary: by } });
      }
      @Get('/error') error(@Query('by') by: string) {
        throw new HttpError(409, 'no', { headers: { vary: by } });
      }
      @Get('/none') none() {}
    }
    const varied = defineApp({ controllers: [VaryController], log: () => {} });

    test.each([
      ['another name', 'Origin', 'Cookie', 'Origin, Cookie'],
      ['several names, one of them the same', 'Origin, Accept', 'cookie,  origin', 'Origin, Accept, cookie'],
      ['* of the reply', 'Origin', '*', '*'],
      ['* of the middleware', '*', 'Cookie', '*'],
      ['a name that HTTP does not allow', 'Origin', 'a b', 'Origin, a b'],
      ['none of the middleware', undefined, 'Cookie,Origin', 'Cookie,Origin'],
    ])('%s', async (_rule, outer, by, expected) => {
      const koa = new Koa();
      koa.use(async (context, next) => {
        if (outer !== undefined) context.vary(outer);
        await next();
      });
      koa.use(toRouter(varied).routes() as unknown as Koa.Middleware);
      const base = await listen(koa);
      for (const path of ['whole', 'chunks', 'error']) {
        const { headers } = await fetch(`${base}/vary/${path}?by=${encodeURIComponent(by)}`);
        expect([path, headers.get('vary')]).toEqual([path, expected]);
      }
      expect((await fetch(`${base}/vary/none`)).headers.get('vary')).toBe(outer ?? null);
    });
  });
});

describe('a request is matched once', () => {
  const countedApp = defineApp({ controllers: [TodoController], log: () => {} });
  const dispatcher = openDispatcher(countedApp);
  let matches = 0;
  const { table } = dispatcher;
  const dispatch = dispatcher.dispatch.bind(dispatcher);
  const counting: Pick<typeof dispatcher, 'table' | 'dispatch'> = {
    table: {
      ...table,
      match(method, path) {
        matches++;
        return table.match(method, path);
      },
    },
    dispatch: (request, match = counting.table.match(request.method, request.path)) => dispatch(request, match),
  };
  Object.assign(dispatcher, counting);
  const open: Record<string, () => Koa> = {
    toKoa: () => toKoa(countedApp),
    toRouter: () => new Koa().use(toRouter(countedApp).routes() as unknown as Koa.Middleware),
    'toRouter with a route of its own': () => {
      const router = toRouter(countedApp);
      router.get('/own', (context) => {
        context.body = 'own';
      });
      return new Koa().use(router.routes() as unknown as Koa.Middleware);
    },
  };

  test.each(Object.keys(open))('%s', async (name) => {
    const base = await listen(open[name]!());
    for (const [method, path, status] of [
      ['GET', '/todos/7', 200],
      ['HEAD', '/todos', 200],
      ['DELETE', '/todos', 405],
      ['OPTIONS', '/todos', 204],
      ['GET', '/other', 404],
    ] as const) {
      matches = 0;
      expect([path, (await get(`${base}${path}`, method)).status, matches]).toEqual([path, status, 1]);
    }
  });
});

const events = new EventEmitter();

@Controller('/k')
class KoaController {
  @Get('/endless') async *endless() {
    try {
      for (let i = 0; ; i++) {
        yield `${i}\n`;
        await new Promise((resolve) => setImmediate(resolve));
      }
    } finally {
      events.emit('returned');
    }
  }
  @Get('/midway') async *midway() {
    yield 'first';
    throw new Error('midway');
  }
  @Get('/waits') async waits(@Req() request: HttpRequest) {
    events.emit('waiting');
    await new Promise((resolve) => request.signal.addEventListener('abort', resolve));
    events.emit('aborted', (request.signal.reason as Error).message);
    return 'nobody reads this';
  }
  @Post('/echo') async echo(@Req() request: HttpRequest) {
    return { length: (await request.rawBody()).byteLength };
  }
}

describe('toKoa', () => {
  let base: string;
  const logged: unknown[] = [];
  beforeAll(async () => {
    base = await listen(toKoa(defineApp({ controllers: [KoaController], log: (error) => logged.push(error) })));
  });

  test('a client that leaves ends the iterator', async () => {
    const returned = once(events, 'returned');
    const controller = new AbortController();
    const response = await fetch(`${base}/k/endless`, { signal: controller.signal });
    await response.body!.getReader().read();
    controller.abort();
    await returned;
  });

  test('a client that leaves in the middle of a reply is not an error', async () => {
    const told = jest.spyOn(console, 'error').mockImplementation(() => {});
    const koa = toKoa(defineApp({ controllers: [KoaController] }));
    const { port } = new URL(await listen(koa));
    koa.silent = false;
    const failed = once(koa, 'error');
    const socket = connect(Number(port), '127.0.0.1').on('error', () => {});
    socket.write('GET /k/endless HTTP/1.1\r\nhost: localhost\r\n\r\n');
    await once(socket, 'data');
    socket.resetAndDestroy();
    expect((await failed)[0]).toMatchObject({ code: expect.stringMatching(/ECONNRESET|EPIPE|PREMATURE_CLOSE/) });
    expect(told).not.toHaveBeenCalled();
    told.mockRestore();
  });

  test('a client that leaves fires the signal', async () => {
    const waiting = once(events, 'waiting');
    const aborted = once(events, 'aborted');
    const controller = new AbortController();
    const response = fetch(`${base}/k/waits`, { signal: controller.signal });
    await waiting;
    controller.abort();
    await expect(response).rejects.toThrow();
    expect(await aborted).toEqual(['The client left']);
  });

  test('a stream that fails midway never looks complete, and is logged', async () => {
    const response = await fetch(`${base}/k/midway`);
    await expect(response.text()).rejects.toThrow();
    expect(logged).toContainEqual(expect.objectContaining({ message: 'midway' }));
    expect((await get(`${base}/k/echo`, 'POST')).status).toBe(200);
  });

  test('a chunked body is read', async () => {
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new Uint8Array(10));
        controller.enqueue(new Uint8Array(20));
        controller.close();
      },
    });
    const response = await fetch(`${base}/k/echo`, { method: 'POST', body, duplex: 'half' } as RequestInit);
    expect(await response.json()).toEqual({ length: 30 });
  });

  test('a chunked body beyond the limit is a 413, and the connection stays usable', async () => {
    const body = new ReadableStream({
      start(controller) {
        for (let i = 0; i < 20; i++) controller.enqueue(new Uint8Array(100_000));
        controller.close();
      },
    });
    const response = await fetch(`${base}/k/echo`, { method: 'POST', body, duplex: 'half' } as RequestInit);
    expect(response.status).toBe(413);
    expect((await get(`${base}/k/echo`, 'POST')).body).toEqual({ length: 0 });
  });

  test('a body that other middleware has read is a clear error', async () => {
    const koa = new Koa();
    const seen: unknown[] = [];
    koa.use(async (context, next) => {
      for await (const _chunk of context.req);
      await next();
    });
    const own = defineApp({ controllers: [KoaController], log: (error) => seen.push((error as Error).message) });
    koa.use(toRouter(own).routes() as unknown as Koa.Middleware);
    const response = await fetch(`${await listen(koa)}/k/echo`, { method: 'POST', body: 'x' });
    expect(response.status).toBe(500);
    expect(seen).toEqual([expect.stringContaining('already read by other Koa middleware')]);
  });
});
