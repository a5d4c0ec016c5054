import { jest } from '@jest/globals';
import { KeyvPostgres } from '@keyv/postgres';
import KeyvRedis from '@keyv/redis';
import { Keyv } from 'keyv';
import { type SessionStore, sessions } from 'twodoors/sessions';
import { type DoorName, doorNames } from 'twodoors/testing';
import { Browser, openForTest } from './browser.js';
import { serverKinds, type TestServer } from './servers.js';
import { arrival, held, logged, storeApp } from './store-app.js';

jest.setTimeout(240_000);

/** Stores that are what Keyv says that they are. */
const KINDS = [
  { name: 'memory', doors: doorNames, kind: undefined, open: () => new Keyv() },
  { name: 'Redis', doors: ['koa', 'http'], kind: serverKinds[0], open: (url: string) => new Keyv(new KeyvRedis(url)) },
  {
    name: 'Postgres',
    doors: ['koa', 'http'],
    kind: serverKinds[1],
    open: (url: string) => new Keyv(new KeyvPostgres({ uri: url })),
  },
] satisfies {
  name: string;
  doors: readonly DoorName[];
  kind: (typeof serverKinds)[number] | undefined;
  open(url: string): Keyv;
}[];

afterEach(() => {
  logged.length = 0;
});

describe.each(KINDS)('$name', ({ name, doors, kind, open }) => {
  if (kind !== undefined && kind.start === undefined) {
    test.skip(`${name} is not installed here: apt-get install ${kind.install}`, () => {});
    return;
  }
  let server: TestServer | undefined;
  let store: Keyv;
  beforeAll(async () => {
    server = await kind?.start?.();
    store = open(server?.url ?? '');
  });
  afterAll(async () => {
    await store.disconnect();
    await server?.stop();
  });

  describe.each(doors.map((door) => ({ door })))('$door', ({ door: doorName }) => {
    let browser: Browser;
    let another: () => Browser;
    beforeEach(async () => {
      const door = await openForTest(storeApp({ store }), doorName);
      another = () => new Browser(door);
      browser = another();
    });
    const cookie = () => browser.cookies.get('session')!;
    const idOf = (value: string) => value.split('.')[0]!;

    test('the cookie holds a random id, and the store the data, when the reply is there', async () => {
      const response = await browser.request('/login', { json: { user: 'ada' } });
      expect(response.cookies).toEqual([
        expect.stringMatching(/^session=[\w-]{43}\.\w+\.[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
      ]);
      expect(await store.get(idOf(cookie()))).toBe('{"user":"ada"}');
      expect(await browser.json('/show')).toEqual({ user: 'ada' });
      expect(await another().json('/show')).toEqual({});
    });

    test('the id stays while the data changes', async () => {
      await browser.request('/count', { method: 'POST' });
      const id = idOf(cookie());
      expect(await browser.json('/count', { method: 'POST' })).toEqual({ n: 2 });
      expect(idOf(cookie())).toBe(id);
      expect(await browser.json('/show')).toEqual({ n: 2 });
    });

    test('regenerate() replaces the id: who knew the old one has nothing', async () => {
      await browser.request('/count', { method: 'POST' });
      const thief = another();
      thief.cookies.set('session', cookie());
      expect(await browser.json('/login', { json: { user: 'ada' } })).toEqual({ n: 1, user: 'ada' });
      expect(await thief.json('/show')).toEqual({});
      expect(await store.get(idOf(thief.cookies.get('session')!))).toBeUndefined();
      expect(await browser.json('/show')).toEqual({ n: 1, user: 'ada' });
    });

    test('clear() deletes the record and the cookie', async () => {
      await browser.request('/login', { json: { user: 'ada' } });
      const kept = cookie();
      await browser.request('/logout', { method: 'POST' });
      expect(browser.cookies.size).toBe(0);
      expect(await store.get(idOf(kept))).toBeUndefined();
      browser.cookies.set('session', kept);
      expect(await browser.json('/show')).toEqual({});
    });

    test('an id that the store does not know is never taken over', async () => {
      await browser.request('/login', { json: { user: 'ada' } });
      const planted = cookie();
      await store.delete(idOf(planted));
      expect(await browser.json('/count', { method: 'POST' })).toEqual({ n: 1 });
      expect(idOf(cookie())).not.toBe(idOf(planted));
    });

    test('a request that is under way does not bring back a session that another one has ended', async () => {
      await browser.request('/login', { json: { user: 'ada' } });
      const kept = cookie();
      const isThere = arrival();
      const slow = another();
      slow.cookies.set('session', kept);
      const pending = slow.request('/slow-count', { method: 'POST' });
      await isThere;
      await browser.request('/logout', { method: 'POST' });
      held.shift()!();
      expect(await pending).toMatchObject({ status: 200, cookies: [] });
      expect(await store.get(idOf(kept))).toBeUndefined();
    });

    test('flashed messages are shown once', async () => {
      await browser.request('/flash', { method: 'POST' });
      await browser.request('/messages', { method: 'HEAD' });
      expect(await browser.json('/messages')).toEqual(['Saved']);
      expect(await browser.json('/messages')).toEqual([]);
      expect(browser.cookies.size).toBe(0);
    });

    test('more than 4 KB fit', async () => {
      const user = 'á'.repeat(10_000);
      await browser.request('/login', { json: { user } });
      expect(await browser.json('/show')).toEqual({ user });
    });
  });

  test('a record ends with the session', async () => {
    const at = Date.now();
    for (const [maxAge, seconds] of [
      [100, 100],
      [undefined, 14 * 24 * 3600],
    ] as const) {
      const door = await openForTest(storeApp({ store, ...(maxAge === undefined ? {} : { maxAge }) }), 'http');
      const browser = new Browser(door);
      await browser.request('/count', { method: 'POST' });
      const raw = await store.getRaw(browser.cookies.get('session')!.split('.')[0]!);
      const left = (raw!.expires! - at) / 1000;
      expect(left).toBeGreaterThanOrEqual(seconds);
      expect(left).toBeLessThan(seconds + 60);
    }
  });
});

describe('made-up ids', () => {
  test('never reach the store', async () => {
    const store = new Keyv();
    const reads = jest.spyOn(store, 'getRaw');
    const browser = new Browser(await openForTest(storeApp({ store }), 'rest'));
    await browser.request('/count', { method: 'POST' });
    const [id, time, signature] = browser.cookies.get('session')!.split('.');
    for (const forged of [
      `${id}`,
      `${id}.${time}`,
      `${id}.${time}.${signature}x`,
      `x.${time}.${signature}`,
      '__proto__',
      '',
    ]) {
      browser.cookies.set('session', forged);
      expect(await browser.json('/show')).toEqual({});
    }
    expect(reads).not.toHaveBeenCalled();
  });

  test('of a session that is kept in its cookie are none here', async () => {
    const cookieBrowser = new Browser(await openForTest(storeApp({}), 'rest'));
    await cookieBrowser.request('/count', { method: 'POST' });
    const browser = new Browser(await openForTest(storeApp({ store: new Keyv() }), 'rest'));
    browser.cookies.set('session', cookieBrowser.cookies.get('session')!);
    expect(await browser.json('/show')).toEqual({});
  });
});

/** A store that fails in one of the ways in which Keyv and its adapters do. */
function failing(how: 'throws' | 'emits' | 'refuses'): { store: Keyv; start(): void } {
  const records = new Map<string, string>();
  let hasFailed = false;
  let emit: (error: Error) => void = () => {};
  const attempt = <T>(value: () => T, nothing: T): T => {
    if (!hasFailed) return value();
    if (how === 'throws') throw new Error('no connection');
    if (how === 'emits') emit(new Error('no connection'));
    return nothing;
  };
  const adapter = {
    opts: {},
    get: async (key: string) => attempt(() => records.get(key), undefined),
    set: async (key: string, value: string) => attempt(() => records.set(key, value).size > 0, false),
    delete: async (key: string) => attempt(() => records.delete(key), false),
    has: async (key: string) => attempt(() => records.has(key), true),
    clear: async () => records.clear(),
    on(_event: string, listener: (error: Error) => void) {
      emit = listener;
      return this;
    },
  };
  return {
    store: new Keyv({ store: adapter }),
    start: () => {
      hasFailed = true;
    },
  };
}

describe.each(['throws', 'emits', 'refuses'] as const)('a store that %s', (how) => {
  test('is a 500, and the session is as it was', async () => {
    const { store, start } = failing(how);
    const browser = new Browser(await openForTest(storeApp({ store }), 'alb'));
    await browser.request('/count', { method: 'POST' });
    const kept = browser.cookies.get('session');
    start();
    // Without a word from the store a read that fails looks like an end; the write that follows does not.
    if (how !== 'refuses') expect((await browser.request('/untouched')).status).toBe(500);
    const response = await browser.request('/count', { method: 'POST' });
    expect([response.status, response.cookies]).toEqual([500, []]);
    expect(logged.at(-1)!.message).toMatch(/^The session store failed to (?:read|write) a session\.$/);
    if (how !== 'refuses') expect(logged.at(-1)!.cause).toMatchObject({ message: 'no connection' });
    expect(browser.cookies.get('session')).toBe(kept);
  });
});

test('the reply waits for the store', async () => {
  let finish!: () => void;
  const isWritten = new Promise<void>((resolve) => {
    finish = resolve;
  });
  let isWriting!: () => void;
  const hasBegun = new Promise<void>((resolve) => {
    isWriting = resolve;
  });
  const store = new Keyv();
  const set = store.set.bind(store);
  jest.spyOn(store, 'set').mockImplementation(async (...args) => {
    isWriting();
    await isWritten;
    return set(...args);
  });
  const browser = new Browser(await openForTest(storeApp({ store }), 'koa'));
  const order: string[] = [];
  const reply = browser.request('/count', { method: 'POST' }).then(() => order.push('replied'));
  await hasBegun;
  order.push('written');
  finish();
  await reply;
  expect(order).toEqual(['written', 'replied']);
});

test('nothing is written by the late handler of a 504', async () => {
  const store = new Keyv();
  const writes = jest.spyOn(store, 'set');
  const door = await openForTest(storeApp({ store }, { timeout: 10 }), 'url');
  const isThere = arrival();
  const response = await door.request('/slow-count', { method: 'POST' });
  await isThere;
  expect([response.status, response.cookies]).toEqual([504, []]);
  held.shift()!();
  expect(writes).not.toHaveBeenCalled();
});

/** Never run: any Keyv is a store. */
test('a Keyv of any kind has the right type', () => {
  const stores: SessionStore[] = [new Keyv(), new Keyv(new Map()), new Keyv<string>()];
  expect(stores.map((store) => typeof sessions({ store }))).toEqual(['function', 'function', 'function']);
});
