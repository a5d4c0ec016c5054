import type { Browser, Page, Response } from 'playwright-core';
import { All, ContentType, Controller, defineApp, Get, Header, type HttpRequest, Post, Req } from 'twodoors';
import type { DoorName } from 'twodoors/testing';
import { type PageServer, serveApp, servePages } from './app-server.js';
import { chromiumPath, NO_BROWSER, openChromium } from './chromium.js';

// What a browser lets a page of another site send to the app, and what reaches its handlers.

const FORM = '<form method="post" action="/notes"><input name="text" value="mine"><button>Send</button></form>';

/** What handlers were asked to do. */
const done: string[] = [];

@Controller()
class NoteController {
  @Get('/own') @ContentType('text/html') own() {
    return FORM;
  }
  @Get('/no-referrer') @ContentType('text/html') @Header('referrer-policy', 'no-referrer') hidden() {
    return FORM;
  }
  @Post('/notes') async create(@Req() request: HttpRequest) {
    done.push(await request.text());
    return `noted, Origin: ${request.header('origin') ?? 'none'}, Sec-Fetch-Site: ${request.header('sec-fetch-site') ?? 'none'}`;
  }
  @All('/any') any(@Req() { method }: HttpRequest) {
    done.push(method);
    return 'any';
  }
}

/** Two hosts that browsers do not trust as they trust the loopback: there they send no `Sec-Fetch-Site`. */
const SHOP = 'shop.example';
const EVIL = 'evil.example';

const run = chromiumPath === undefined ? describe.skip : describe;
if (chromiumPath === undefined) test.skip(NO_BROWSER, () => {});

run.each<{ door: DoorName }>([{ door: 'koa' }, { door: 'http' }])('$door', ({ door }) => {
  let app: PageServer;
  let evil: PageServer;
  let partner: PageServer;
  let browser: Browser;
  let page: Page;

  const form = (host: string, attributes = '') =>
    `<form method="post" action="http://${host}:${app.port}/notes" ${attributes}><input name="text" value="theirs"><button>Send</button></form>`;
  const pages = () => ({
    '/form': form('127.0.0.1'),
    '/text': form('127.0.0.1', 'enctype="text/plain"'),
    '/files': form('127.0.0.1', 'enctype="multipart/form-data"'),
    '/plain': form(SHOP),
    '/frame': `<iframe sandbox="allow-forms allow-scripts" srcdoc='${form('127.0.0.1')}'></iframe>`,
    '/empty': '<p>nothing</p>',
  });

  beforeAll(async () => {
    evil = await servePages(pages);
    partner = await servePages(pages);
    app = await serveApp(
      defineApp({
        controllers: [NoteController],
        csrf: { trustedOrigins: [`http://localhost:${partner.port}`] },
      }),
      door,
    );
    browser = await openChromium([SHOP, EVIL]);
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all([app, evil, partner].map((server) => server?.close()));
  });
  beforeEach(async () => {
    done.length = 0;
    page = await browser.newPage();
  });
  afterEach(() => page.close());

  /** Opens a page, presses the button of its form, and waits for what comes back. */
  async function send(url: string): Promise<{ status: number; text: string }> {
    await page.goto(url);
    const [response] = await Promise.all([
      page.waitForResponse((each: Response) => each.request().method() === 'POST'),
      page.frames().at(-1)!.click('button'),
    ]);
    return { status: response.status(), text: await response.text() };
  }

  test('the app’s own form is taken', async () => {
    expect(await send(`http://127.0.0.1:${app.port}/own`)).toMatchObject({
      status: 200,
      text: expect.stringContaining('Sec-Fetch-Site: same-origin'),
    });
    expect(done).toEqual(['text=mine']);
  });

  test('also on a page that sends no referrer, whose Origin is null', async () => {
    expect(await send(`http://127.0.0.1:${app.port}/no-referrer`)).toEqual({
      status: 200,
      text: 'noted, Origin: null, Sec-Fetch-Site: same-origin',
    });
  });

  test.each([['form'], ['text'], ['files'], ['frame']])('that of another site is refused: %s', async (name) => {
    expect(await send(`http://localhost:${evil.port}/${name}`)).toEqual({
      status: 403,
      text: expect.stringContaining('Sec-Fetch-Site: cross-site'),
    });
    expect(done).toEqual([]);
  });

  test('so is that of another port of the same host', async () => {
    expect(await send(`http://127.0.0.1:${evil.port}/form`)).toEqual({
      status: 403,
      text: expect.stringContaining('Sec-Fetch-Site: same-site'),
    });
    expect(done).toEqual([]);
  });

  test('a trusted origin may send it', async () => {
    expect(await send(`http://localhost:${partner.port}/form`)).toMatchObject({ status: 200 });
    expect(done).toEqual(['text=theirs']);
  });

  test('no script of another site reaches a handler, whatever it sends', async () => {
    await page.goto(`http://localhost:${evil.port}/empty`);
    const any = `http://127.0.0.1:${app.port}/any`;
    const statuses: number[] = [];
    page.on('response', (response) => statuses.push(response.status()));
    // Each of its calls ends, with a reply that it may not read or with a preflight that nobody answered.
    await page.evaluate(async (url) => {
      const quiet: RequestInit = { method: 'POST', mode: 'no-cors', credentials: 'include' };
      const tries: [string, RequestInit][] = [
        [url, quiet],
        [url, { ...quiet, body: 'text' }],
        [url, { ...quiet, body: new Blob(['{}']) }],
        [url, { ...quiet, body: new Blob(['{}'], { type: 'application/json' }) }],
        [url, { ...quiet, body: '{}', headers: { 'content-type': 'TEXT/plain; a=application/json' } }],
        [url, { ...quiet, body: new URLSearchParams({ a: '1' }) }],
        [url, { ...quiet, body: new FormData() }],
        [url, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }],
        [url, { method: 'POST', body: 'a=1', headers: { authorization: 'Bearer x' } }],
        [url, { method: 'PUT', body: 'a=1' }],
        [url, { method: 'DELETE' }],
      ];
      await Promise.all(tries.map(([target, init]) => fetch(target, init).catch(() => undefined)));
      navigator.sendBeacon(url, 'text');
    }, any);
    expect(statuses.filter((status) => status === 403).length).toBeGreaterThanOrEqual(6);
    // The beacon is sent before this: then nothing is under way any more.
    expect(await send(`http://127.0.0.1:${app.port}/own`)).toMatchObject({ status: 200 });
    // This route takes OPTIONS as well, and does not say yes.
    expect(done.toSorted()).toEqual([...Array(4).fill('OPTIONS'), 'text=mine']);
  });

  describe('by plain http, where browsers send Origin alone', () => {
    test('the app’s own form is taken', async () => {
      expect(await send(`http://${SHOP}:${app.port}/own`)).toEqual({
        status: 200,
        text: `noted, Origin: http://${SHOP}:${app.port}, Sec-Fetch-Site: none`,
      });
    });

    test('that of another site is refused', async () => {
      expect(await send(`http://${EVIL}:${evil.port}/plain`)).toEqual({
        status: 403,
        text: expect.stringContaining(`a page of http://${EVIL}:${evil.port}`),
      });
      expect(done).toEqual([]);
    });

    test('and so is the own one of a page that sends no referrer: its Origin is null', async () => {
      expect(await send(`http://${SHOP}:${app.port}/no-referrer`)).toEqual({
        status: 403,
        text: expect.stringContaining('a page that hides its origin (Origin: null)'),
      });
    });
  });
});
