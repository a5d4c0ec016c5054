import { Controller, defineApp, Get, type HttpRequest, Post, Query, Redirect, Req } from 'twodoors';
import { flash, getFlashedMessages, Session, sessions } from 'twodoors/sessions';
import { type Door, doorNames, inject, openDoor } from 'twodoors/testing';
import { flashedMessagesOf } from '../../src/runtime/web/flashed-messages.js';
import { Browser } from './browser.js';

@Controller('/f')
class FlashController {
  @Post() @Redirect('/f', 303) save(@Req() request: HttpRequest) {
    flash(request, 'Saved <b>"á"</b>', 'success');
    flash(request, 'Look here');
  }
  @Get() show(@Req() request: HttpRequest) {
    return getFlashedMessages(request);
  }
  @Get('/pairs') pairs(@Req() request: HttpRequest, @Query('category?') category?: string) {
    return getFlashedMessages(request, {
      withCategories: true,
      ...(category === undefined ? {} : { categories: [category] }),
    });
  }
  @Get('/twice') twice(@Req() request: HttpRequest) {
    return [getFlashedMessages(request), getFlashedMessages(request, { categories: ['success'] })];
  }
  @Get('/at-once') atOnce(@Req() request: HttpRequest) {
    flash(request, 'now');
    const first = getFlashedMessages(request);
    flash(request, 'next');
    return [first, getFlashedMessages(request)];
  }
  @Get('/without') without() {
    return 'a page that shows none';
  }
  @Post('/logout') logout(@Session() session: Session, @Req() request: HttpRequest) {
    session.clear();
    flash(request, 'Bye');
  }
  @Get('/data') data(@Session() session: Session) {
    return session;
  }
  @Get('/view') view(@Req() request: HttpRequest) {
    return flashedMessagesOf(request, { withCategories: true });
  }
}

const app = defineApp({ controllers: [FlashController], use: [sessions({ secret: 'secret' })] });

describe.each(doorNames.map((name) => ({ name })))('$name: flashed messages', ({ name }) => {
  let door: Door;
  let browser: Browser;
  beforeAll(async () => {
    door = await openDoor(app, name);
  });
  beforeEach(async () => {
    browser = new Browser(door);
    expect((await browser.request('/f', { method: 'POST' })).status).toBe(303);
  });
  afterAll(() => door.close());

  test('are shown once, in their order', async () => {
    expect(await browser.json('/f')).toEqual(['Saved <b>"á"</b>', 'Look here']);
    expect(await browser.json('/f')).toEqual([]);
  });

  test('wait for a page that shows them', async () => {
    await browser.request('/f/without');
    await browser.request('/f', { method: 'POST' });
    expect(await browser.json('/f')).toHaveLength(4);
  });

  test('come with their categories, or of some alone; all of them are shown then', async () => {
    expect(await browser.json('/f/pairs')).toEqual([
      ['success', 'Saved <b>"á"</b>'],
      ['message', 'Look here'],
    ]);
    await browser.request('/f', { method: 'POST' });
    expect(await browser.json('/f/pairs?category=message')).toEqual([['message', 'Look here']]);
    expect(await browser.json('/f/pairs')).toEqual([]);
  });

  test('are the same at each call in one request', async () => {
    const saved = 'Saved <b>"á"</b>';
    expect(await browser.json('/f/twice')).toEqual([[saved, 'Look here'], [saved]]);
  });

  test('of this request are shown now, and later ones at the next', async () => {
    await browser.json('/f');
    expect(await browser.json('/f/at-once')).toEqual([['now'], ['now']]);
    expect(await browser.json('/f')).toEqual(['next']);
  });

  test('are left by a HEAD', async () => {
    const head = await browser.request('/f', { method: 'HEAD' });
    expect([head.status, head.cookies]).toEqual([200, []]);
    expect(await browser.json('/f')).toHaveLength(2);
  });

  test('are not among the session’s data, and go with it', async () => {
    expect(await browser.json('/f/data')).toEqual({});
    await browser.request('/f/logout', { method: 'POST' });
    expect(await browser.json('/f')).toEqual(['Bye']);
    expect(browser.cookies.size).toBe(0);
  });

  test('make their page private', async () => {
    const { headers } = await browser.request('/f');
    expect(headers).toMatchObject({ 'cache-control': 'private, no-cache', vary: 'Cookie' });
  });

  test('are there for views', async () => {
    expect(await browser.json('/f/view')).toEqual([
      ['success', 'Saved <b>"á"</b>'],
      ['message', 'Look here'],
    ]);
  });
});

test('without sessions() a view has none, and code is told what to add', async () => {
  const messages: string[] = [];
  const bare = defineApp({
    controllers: [FlashController],
    log: (error) => messages.push((error as Error).message),
  });
  expect((await inject(bare, '/f/view')).json()).toEqual([]);
  expect((await inject(bare, '/f')).status).toBe(500);
  expect(messages[0]).toMatch(/^This request has no session/);
});
