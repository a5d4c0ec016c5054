import type { Browser, Page } from 'playwright-core';
import {
  Controller,
  Delete,
  defineApp,
  Get,
  Header,
  HttpError,
  type HttpRequest,
  type Middleware,
  Post,
  Put,
  Req,
  setCookie,
  UnauthorizedError,
  Use,
} from 'twodoors';
import { cors, etag } from 'twodoors/middleware';
import type { DoorName } from 'twodoors/testing';
import { type PageServer, serveApp, servePages } from './app-server.js';
import { chromiumPath, NO_BROWSER, openChromium } from './chromium.js';

// What scripts of another origin can read and send in a real browser, with cors() and without.

/** The origins of the servers; known when they listen. */
const origins = { friend: '', stranger: '' };
/** What handlers were asked to do. */
const done: string[] = [];

const guard: Middleware = (request, next) => {
  if (request.header('authorization') === undefined) throw new UnauthorizedError('sign in');
  return next();
};

@Controller('/notes')
class NoteController {
  @Get() @Header('x-total', '3') list(@Req() request: HttpRequest) {
    done.push('GET');
    return { cookie: request.cookies['sign'] ?? null };
  }
  @Put() replace() {
    done.push('PUT');
    return { replaced: true };
  }
  @Post('/login') login(@Req() request: HttpRequest) {
    setCookie(request, 'sign', 'yes');
    return {};
  }
  @Get('/conflict') conflict() {
    throw new HttpError(409, 'taken');
  }
  @Get('/guarded') @Use(guard) guarded() {
    return { secret: true };
  }
  @Put('/guarded') @Use(guard) putGuarded() {
    done.push('PUT guarded');
    return { secret: true };
  }
}

@Controller('/mixed')
class MixedController {
  @Get() @Use(guard) @Use(cors({ origin: '*' })) open() {
    return { open: true };
  }
  @Put() @Use(guard) @Use(cors({ origin: '*' })) put() {
    return { put: true };
  }
  @Delete() remove() {
    done.push('DELETE');
    return { removed: true };
  }
}

const run = chromiumPath === undefined ? describe.skip : describe;
if (chromiumPath === undefined) test.skip(NO_BROWSER, () => {});

/** What a script of a page finds out about a request. */
interface Outcome {
  readonly status?: number;
  readonly body?: unknown;
  readonly total?: string | null;
  readonly refused?: true;
}

run.each<{ door: DoorName }>([{ door: 'koa' }, { door: 'http' }])('$door', ({ door }) => {
  let whole: PageServer;
  let mixed: PageServer;
  let friend: PageServer;
  let stranger: PageServer;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    const pages = () => ({ '/': '<p>a page</p>' });
    friend = await servePages(pages);
    stranger = await servePages(pages);
    origins.friend = `http://127.0.0.1:${friend.port}`;
    origins.stranger = `http://127.0.0.1:${stranger.port}`;
    const policy = cors({
      origin: [origins.friend, 'https://other.example'],
      credentials: true,
      exposedHeaders: ['x-total'],
      maxAge: 60,
    });
    whole = await serveApp(
      // The guard before cors() keeps a path of its own.
      defineApp({
        controllers: [NoteController],
        log: () => {},
        use: [(request, next) => (request.path === '/early' ? guard(request, next) : next()), policy, etag()],
      }),
      door,
    );
    mixed = await serveApp(defineApp({ controllers: [MixedController], log: () => {} }), door);
    browser = await openChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all([whole, mixed, friend, stranger].map((server) => server?.close()));
  });
  beforeEach(async () => {
    done.length = 0;
    page = await (await browser.newContext()).newPage();
  });
  afterEach(() => page.context().close());

  /** Runs a request in a page of an origin. */
  async function ask(origin: string, url: string, init: RequestInit = {}): Promise<Outcome> {
    if (!page.url().startsWith(origin)) await page.goto(origin);
    return page.evaluate(
      async ([target, options]) => {
        try {
          const response = await fetch(target as string, options as RequestInit);
          return { status: response.status, body: await response.json(), total: response.headers.get('x-total') };
        } catch {
          return { refused: true as const };
        }
      },
      [url, init] as const,
    );
  }
  const notes = (path = '') => `http://127.0.0.1:${whole.port}/notes${path}`;

  test('a simple request is read, with the headers that are exposed', async () => {
    expect(await ask(origins.friend, notes())).toEqual({ status: 200, body: { cookie: null }, total: '3' });
  });

  test('a simple request of a stranger is handled, and cannot be read', async () => {
    expect(await ask(origins.stranger, notes())).toEqual({ refused: true });
    expect(done).toEqual(['GET']);
  });

  test('a request with a preflight is sent and read', async () => {
    const init = { method: 'PUT', headers: { 'content-type': 'application/json', 'x-token': '1' }, body: '{}' };
    expect(await ask(origins.friend, notes(), init)).toMatchObject({ status: 200, body: { replaced: true } });
    expect(done).toEqual(['PUT']);
  });

  test('a request with a preflight is not even sent for a stranger', async () => {
    expect(await ask(origins.stranger, notes(), { method: 'PUT' })).toEqual({ refused: true });
    expect(done).toEqual([]);
  });

  test('cookies are kept and sent with credentials, and not without', async () => {
    await ask(origins.friend, notes('/login'), { method: 'POST', credentials: 'include' });
    expect(await ask(origins.friend, notes(), { credentials: 'include' })).toMatchObject({ body: { cookie: 'yes' } });
    expect(await ask(origins.friend, notes(), { credentials: 'omit' })).toMatchObject({ body: { cookie: null } });
  });

  test('errors are read: of a handler, an inner guard, an outer guard, an unknown path', async () => {
    expect(await ask(origins.friend, notes('/conflict'))).toMatchObject({ status: 409, body: { detail: 'taken' } });
    expect(await ask(origins.friend, notes('/guarded'))).toMatchObject({ status: 401, body: { detail: 'sign in' } });
    const early = `http://127.0.0.1:${whole.port}/early`;
    expect(await ask(origins.friend, early)).toMatchObject({ status: 401, body: { detail: 'sign in' } });
    expect(await ask(origins.friend, notes('/missing'))).toMatchObject({ status: 404 });
    expect(await ask(origins.stranger, notes('/guarded'))).toEqual({ refused: true });
  });

  test('a preflight passes a guard, and the request then needs what it asks for', async () => {
    expect(await ask(origins.friend, notes('/guarded'), { method: 'PUT' })).toMatchObject({ status: 401 });
    const init = { method: 'PUT', headers: { authorization: 'x' } };
    expect(await ask(origins.friend, notes('/guarded'), init)).toMatchObject({ status: 200, body: { secret: true } });
    expect(done).toEqual(['PUT guarded']);
  });

  test('a reply that the browser has, and asks for again, is read', async () => {
    const init = { cache: 'no-cache' as const };
    expect(await ask(origins.friend, notes(), init)).toMatchObject({ status: 200 });
    expect(await ask(origins.friend, notes(), init)).toMatchObject({ status: 200, body: { cookie: null } });
    expect(done).toEqual(['GET', 'GET']);
  });

  test('on methods, each has a policy of its own, also after a preflight for another one', async () => {
    const url = `http://127.0.0.1:${mixed.port}/mixed`;
    const headers = { authorization: 'x' };
    expect(await ask(origins.stranger, url)).toMatchObject({ status: 401 });
    expect(await ask(origins.stranger, url, { headers })).toMatchObject({ status: 200, body: { open: true } });
    expect(await ask(origins.stranger, url, { method: 'PUT', headers })).toMatchObject({ body: { put: true } });
    expect(await ask(origins.stranger, url, { method: 'DELETE', headers })).toEqual({ refused: true });
    expect(done).toEqual([]);
  });
});
