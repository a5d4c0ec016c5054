import {
  Body,
  Controller,
  defineApp,
  Get,
  type HttpRequest,
  type Middleware,
  NotFoundError,
  Param,
  Post,
  Query,
  Req,
  Use,
} from 'twodoors';
import { Session, type SessionsOptions, sessionOf, sessions } from 'twodoors/sessions';
import { type Door, doorNames, openDoor, openDoors } from 'twodoors/testing';
import { Browser, openForTest } from './browser.js';
import { later, restoreClock } from './clock.js';

declare module 'twodoors/sessions' {
  interface SessionData {
    user: string;
    n: number;
  }
}

/** What a handler does after its request has timed out, when the test says so. */
let goOn: () => void;
let outcome: Promise<unknown>;

@Controller('/s')
class SessionController {
  @Get('/untouched') untouched() {
    return 'public';
  }
  @Get('/show') show(@Session() session: Session) {
    return session;
  }
  @Get('/keys') keys(@Session() session: Session) {
    return { keys: Object.keys(session), has: 'regenerate' in session };
  }
  @Post('/login') login(@Session() session: Session, @Body('user') user: string) {
    session.user = user;
    session.regenerate();
    return session;
  }
  @Post('/logout') logout(@Session() session: Session) {
    session.clear();
    return session;
  }
  @Post('/count') count(@Req() request: HttpRequest) {
    const session = sessionOf(request);
    session.n = (session.n ?? 0) + 1;
    return { n: session.n };
  }
  @Post('/add') add(@Session() session: Session<{ cart: number[] }>, @Query('id') id: number) {
    session.cart ??= [];
    session.cart.push(id);
    return { cart: session.cart };
  }
  @Post('/forget/:name') forget(@Session() session: Session<Record<string, unknown>>, @Param('name') name: string) {
    delete session[name];
    return session;
  }
  @Post('/undefine') undefine(@Session() session: Session) {
    session.user = undefined;
    return session;
  }
  @Post('/regenerate') regenerate(@Session() session: Session) {
    session.regenerate();
    return session;
  }
  @Post('/start-over') startOver(@Session() session: Session) {
    session.clear();
    session.n = 1;
    return session;
  }
  @Post('/fill') fill(@Session() session: Session<{ text: string }>, @Query('length') length: number) {
    session.text = 'x'.repeat(length);
    return 'filled';
  }
  @Post('/put') put(@Session() session: Session<Record<string, unknown>>, @Query('name') name: string) {
    session[name] = 1;
    return 'put';
  }
  @Post('/fail') fail(@Session() session: Session) {
    session.n = 7;
    throw new NotFoundError('gone');
  }
  @Get('/own-cache') ownCache(@Req() request: HttpRequest) {
    request.state.cacheControl = 'public, max-age=60';
    return sessionOf(request);
  }
  @Post('/late') async late(@Session() session: Session) {
    session.n = 99;
    const replied = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    outcome = replied
      .then(() => {
        session.n = 100;
      })
      .catch((error: unknown) => error);
    await outcome;
  }
  @Get('/generator') async *generator(@Session() session: Session) {
    session.n = 1;
    yield 'never';
  }
}

declare module 'twodoors' {
  interface RequestState {
    cacheControl?: string;
  }
}

/** Between the session and the handler. */
const headers: Middleware = async (request, next) => {
  const reply = await next();
  const { cacheControl } = request.state;
  if (cacheControl !== undefined) {
    reply.headers['Cache-Control'] = cacheControl;
    reply.headers['vary'] = 'Accept, cookie';
  }
  return reply;
};

const messages: string[] = [];

function appWith(options: SessionsOptions, more: object = {}) {
  return defineApp({
    controllers: [SessionController],
    publicOrigin: 'https://example.com',
    log: (error) => messages.push((error as Error).message),
    use: [sessions(options), headers],
    ...more,
  });
}

const SECRET = 'a secret of 32 characters or more';
const app = appWith({ secret: SECRET });

afterEach(() => {
  restoreClock();
  messages.length = 0;
});

describe.each(doorNames.map((name) => ({ name })))('$name', ({ name }) => {
  let door: Door;
  let browser: Browser;
  beforeAll(async () => {
    door = await openDoor(app, name);
  });
  beforeEach(() => {
    browser = new Browser(door);
  });
  afterAll(() => door.close());

  test('a session is there again at the next request, and its data is its own members', async () => {
    expect(await browser.json('/s/login', { json: { user: 'ada' } })).toEqual({ user: 'ada' });
    expect(await browser.json('/s/show')).toEqual({ user: 'ada' });
    expect(await browser.json('/s/keys')).toEqual({ keys: ['user'], has: false });
    expect(await new Browser(door).json('/s/show')).toEqual({});
  });

  test('its cookie is HttpOnly, Lax, Secure behind https, for the browser’s session', async () => {
    const { cookies } = await browser.request('/s/count', { method: 'POST' });
    expect(cookies).toEqual([
      expect.stringMatching(/^session=[\w-]+\.[\w]+\.[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
    ]);
  });

  test('a request that touches it is private, and depends on the cookie', async () => {
    const touched = await browser.request('/s/show');
    expect(touched.headers).toMatchObject({ 'cache-control': 'private, no-cache', vary: 'Cookie' });
    const untouched = await browser.request('/s/untouched');
    expect(untouched.headers['cache-control']).toBeUndefined();
    expect(untouched.headers['vary']).toBeUndefined();
    const own = await browser.request('/s/own-cache');
    expect(own.headers).toMatchObject({ 'cache-control': 'public, max-age=60', vary: 'Accept, cookie' });
  });

  test('it is written when it has changed, and only then', async () => {
    await browser.request('/s/count', { method: 'POST' });
    expect((await browser.request('/s/show')).cookies).toEqual([]);
    expect((await browser.request('/s/untouched')).cookies).toEqual([]);
    expect((await browser.request('/s/count', { method: 'POST' })).cookies).toHaveLength(1);
  });

  test('a change inside of a list is a change', async () => {
    await browser.request('/s/add?id=1', { method: 'POST' });
    expect(await browser.json('/s/add?id=2', { method: 'POST' })).toEqual({ cart: [1, 2] });
    expect(await browser.json('/s/show')).toEqual({ cart: [1, 2] });
  });

  test('delete, and undefined, remove a member; an empty session removes its cookie', async () => {
    await browser.request('/s/login', { json: { user: 'ada' } });
    await browser.request('/s/count', { method: 'POST' });
    expect(await browser.json('/s/undefine', { method: 'POST' })).toEqual({ n: 1 });
    expect(await browser.json('/s/forget/n', { method: 'POST' })).toEqual({});
    expect(browser.cookies.size).toBe(0);
  });

  test('an error keeps what the handler has changed', async () => {
    const response = await browser.request('/s/fail', { method: 'POST' });
    expect([response.status, response.cookies.length]).toEqual([404, 1]);
    expect(await browser.json('/s/show')).toEqual({ n: 7 });
  });

  test('clear() removes the cookie; what comes after it is kept', async () => {
    await browser.request('/s/login', { json: { user: 'ada' } });
    expect(await browser.json('/s/start-over', { method: 'POST' })).toEqual({ n: 1 });
    expect(await browser.json('/s/show')).toEqual({ n: 1 });
    const response = await browser.request('/s/logout', { method: 'POST' });
    expect(response.cookies).toEqual([
      'session=; Max-Age=0; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; Secure; SameSite=Lax',
    ]);
    expect((await browser.request('/s/logout', { method: 'POST' })).cookies).toEqual([]);
  });

  test('regenerate() writes it again, with its data', async () => {
    await browser.request('/s/count', { method: 'POST' });
    later(10);
    const before = browser.cookies.get('session');
    expect(await browser.json('/s/regenerate', { method: 'POST' })).toEqual({ n: 1 });
    expect(browser.cookies.get('session')).not.toBe(before);
    expect(await browser.json('/s/show')).toEqual({ n: 1 });
  });

  test('every changed character makes it empty', async () => {
    await browser.request('/s/login', { json: { user: 'ada' } });
    const cookie = browser.cookies.get('session')!;
    for (let i = 0; i < cookie.length; i += 7) {
      const changed = `${cookie.slice(0, i)}${cookie[i] === 'A' ? 'B' : 'A'}${cookie.slice(i + 1)}`;
      const response = await door.request('/s/show', { headers: { cookie: `session=${changed}` } });
      expect([i, response.json(), response.cookies]).toEqual([i, {}, []]);
    }
  });

  test.each<[string, (cookie: string) => string]>([
    ['cut at its end', (cookie) => cookie.slice(0, -1)],
    ['cut at its first dot', (cookie) => cookie.slice(0, cookie.indexOf('.'))],
    ['without its signature', (cookie) => cookie.slice(0, cookie.lastIndexOf('.'))],
    ['without its signature, but with the dot', (cookie) => cookie.slice(0, cookie.lastIndexOf('.') + 1)],
    ['with another time', (cookie) => cookie.replace(/\.\w+\./, '.zzzzzz.')],
    ['with something before it', (cookie) => `x.${cookie}`],
    ['with something after it', (cookie) => `${cookie}.x`],
    ['with the unused bits of its last letter changed', (cookie) => `${cookie.slice(0, -1)}${twin(cookie.at(-1)!)}`],
    ['in quotes', (cookie) => `"${cookie}"`],
    ['plain JSON', () => encodeURIComponent('{"user":"admin"}')],
    ['unsigned base64url', () => Buffer.from('{"user":"admin"}').toString('base64url')],
    ['empty', () => ''],
    ['dots alone', () => '...'],
    ['a broken escape', () => '%E0%A4%A'],
    ['a JSON Web Token of alg none', () => 'eyJhbGciOiJub25lIn0.eyJ1c2VyIjoiYWRtaW4ifQ.'],
  ])('a cookie %s is an empty session', async (_rule, forge) => {
    await browser.request('/s/login', { json: { user: 'ada' } });
    const response = await door.request('/s/show', {
      headers: { cookie: `session=${forge(browser.cookies.get('session')!)}` },
    });
    expect([response.status, response.json(), response.cookies]).toEqual([200, {}, []]);
  });

  test('one over 4 KB is an error that says so', async () => {
    expect(await browser.request('/s/fill?length=2900', { method: 'POST' })).toMatchObject({ status: 200 });
    const response = await browser.request('/s/fill?length=5000', { method: 'POST' });
    expect([response.status, response.cookies]).toEqual([500, []]);
    expect(messages.at(-1)).toMatch(/^The session has 5011 bytes as JSON.*above 4096 bytes \(4 KB\).*store: new Keyv/);
  });

  test('nothing is written by the late handler of a 504', async () => {
    const slow = await openDoor(appWith({ secret: SECRET }, { timeout: 10 }), name);
    const response = await slow.request('/s/late', { method: 'POST' });
    expect([response.status, response.cookies]).toEqual([504, []]);
    goOn();
    expect(await outcome).toMatchObject({ message: expect.stringMatching(/^The session: the reply is on its way/) });
    await slow.close();
  });

  test('a generator runs too late to write it', async () => {
    const response = await browser.request('/s/generator');
    expect([response.status, response.cookies]).toEqual([500, []]);
    expect(messages.at(-1)).toMatch(/^The session: the reply is on its way/);
  });
});

/** The letter of base64url that stands for the same first four bits, the last letter of 32 bytes. */
function twin(letter: string): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return letters[letters.indexOf(letter) ^ 1]!;
}

/** Opens one door of an app with these options. */
async function browse(options: SessionsOptions, more?: object): Promise<Browser> {
  return new Browser(await openForTest(appWith(options, more), 'http'));
}

describe('time', () => {
  test('without maxAge the session has no end of its own', async () => {
    const browser = await browse({ secret: SECRET });
    await browser.request('/s/count', { method: 'POST' });
    later(400 * 24 * 3600);
    expect(await browser.json('/s/show')).toEqual({ n: 1 });
  });

  test('with maxAge it ends, whatever the browser keeps', async () => {
    const browser = await browse({ secret: SECRET, maxAge: 100 });
    const { cookies } = await browser.request('/s/count', { method: 'POST' });
    expect(cookies[0]).toContain('; Max-Age=100;');
    later(99);
    const kept = new Map(browser.cookies);
    expect(await browser.json('/s/show')).toEqual({ n: 1 });
    later(2);
    for (const [name, value] of kept) browser.cookies.set(name, value);
    expect(await browser.json('/s/show')).toEqual({});
  });

  test('it is written again when half of maxAge is over, and something touches it', async () => {
    const browser = await browse({ secret: SECRET, maxAge: 100 });
    await browser.request('/s/count', { method: 'POST' });
    later(40);
    expect((await browser.request('/s/show')).cookies).toEqual([]);
    later(20);
    expect((await browser.request('/s/untouched')).cookies).toEqual([]);
    expect((await browser.request('/s/show')).cookies).toHaveLength(1);
    later(80);
    expect(await browser.json('/s/show')).toEqual({ n: 1 });
  });
});

describe('secrets', () => {
  /** What an app with one secret reads of a session that another one has written. */
  async function carryOver(from: SessionsOptions, to: SessionsOptions): Promise<unknown> {
    const writer = await browse(from);
    await writer.request('/s/count', { method: 'POST' });
    const reader = await browse(to);
    for (const [name, value] of writer.cookies) reader.cookies.set(name, value);
    return reader.json('/s/show');
  }

  test.each<[rule: string, from: SessionsOptions, to: SessionsOptions, data: object]>([
    ['the same key reads it', { secret: 'one' }, { secret: () => 'one' }, { n: 1 }],
    ['a previous key still does', { secret: 'one' }, { secret: () => ['two', 'one'] }, { n: 1 }],
    ['the first key signs', { secret: ['two', 'one'] }, { secret: 'two' }, { n: 1 }],
    ['a key that was taken out does not', { secret: 'one' }, { secret: ['two', 'three'] }, {}],
    ['a previous key does not sign', { secret: ['two', 'one'] }, { secret: 'one' }, {}],
    [
      'a previous key that is not set is passed over',
      { secret: 'one' },
      { secret: ['two', undefined, 'one'] },
      { n: 1 },
    ],
    ['another cookie’s signature is of no use', { secret: 'one' }, { secret: 'one', name: 'sid' }, {}],
  ])('%s', async (_rule, from, to, data) => {
    expect(await carryOver(from, to)).toEqual(data);
  });

  test('another cookie’s value is of no use under this name', async () => {
    const writer = await browse({ secret: SECRET, name: 'other' });
    await writer.request('/s/count', { method: 'POST' });
    const reader = await browse({ secret: SECRET });
    reader.cookies.set('session', writer.cookies.get('other')!);
    expect(await reader.json('/s/show')).toEqual({});
  });

  test('a session that was signed by a previous key is signed by the current one when it is written', async () => {
    const writer = await browse({ secret: 'one' });
    await writer.request('/s/count', { method: 'POST' });
    const both = await browse({ secret: ['two', 'one'] });
    both.cookies.set('session', writer.cookies.get('session')!);
    await both.request('/s/count', { method: 'POST' });
    const reader = await browse({ secret: 'two' });
    reader.cookies.set('session', both.cookies.get('session')!);
    expect(await reader.json('/s/show')).toEqual({ n: 2 });
  });

  test('a function is called at first use, when onStart has run', async () => {
    let secret: string | undefined;
    const onStart = () => {
      secret = 'fetched';
    };
    const browser = await browse({ secret: () => secret! }, { onStart });
    expect(await browser.json('/s/count', { method: 'POST' })).toEqual({ n: 1 });
  });

  test('the testing kit brings one', async () => {
    const browser = await browse({});
    await browser.request('/s/count', { method: 'POST' });
    expect(await (await browse({})).json('/s/show')).toEqual({});
    expect(await browser.json('/s/show')).toEqual({ n: 1 });
  });
});

test.each(['regenerate', 'clear', '_flashes'])('a member cannot be called %s', async (name) => {
  const browser = await browse({ secret: SECRET });
  expect((await browser.request(`/s/put?name=${name}`, { method: 'POST' })).status).toBe(500);
  expect(messages.at(-1)).toMatch(new RegExp(`^session\\.${name} .*Choose another name\\.$`));
});

test.each(['__proto__', 'constructor', 'toString', 'then', 'a b'])(
  'a member called %s reaches no prototype',
  async (name) => {
    const browser = await browse({ secret: SECRET });
    await browser.request(`/s/put?name=${encodeURIComponent(name)}`, { method: 'POST' });
    const shown = (await browser.request('/s/show')).text();
    expect(shown).toBe(name === '__proto__' ? '{}' : JSON.stringify({ [name]: 1 }));
    expect(({} as Record<string, unknown>)['toString']).toBe(Object.prototype.toString);
  },
);

test('the session of one request is never that of another', async () => {
  const doors = await openDoors(app);
  const browsers = doors.flatMap((door) => Array.from({ length: 4 }, () => new Browser(door)));
  const counted = await Promise.all(
    browsers.map(async (browser, i) => {
      for (let n = 0; n < i; n++) await browser.request('/s/count', { method: 'POST' });
      return browser.json('/s/count', { method: 'POST' });
    }),
  );
  expect(counted).toEqual(browsers.map((_, i) => ({ n: i + 1 })));
  await doors.close();
});

describe('without sessions() around it', () => {
  @Controller('/part')
  class PartController {
    @Post('/with') @Use(sessions({ secret: SECRET })) with(@Session() session: Session) {
      session.n = (session.n ?? 0) + 1;
      return session;
    }
    @Post('/fails') @Use(sessions({ secret: SECRET })) fails(@Session() session: Session) {
      session.n = 7;
      throw new NotFoundError();
    }
    @Get('/without') without(@Session() session: Session) {
      return session;
    }
  }
  const part = defineApp({ controllers: [PartController], log: (error) => messages.push((error as Error).message) });

  test('a session is an error that says what to add', async () => {
    const door = await openDoor(part, 'koa');
    expect((await door.request('/part/without')).status).toBe(500);
    expect(messages.at(-1)).toMatch(/^This request has no session\. Add sessions\(\{ secret \}\)/);
    await door.close();
  });

  test('@Use(sessions()) gives it to a class or a method', async () => {
    const browser = new Browser(await openForTest(part, 'rest'));
    await browser.request('/part/with', { method: 'POST' });
    expect(await browser.json('/part/with', { method: 'POST' })).toEqual({ n: 2 });
    expect((await browser.request('/part/fails', { method: 'POST' })).status).toBe(404);
    expect(await browser.json('/part/with', { method: 'POST' })).toEqual({ n: 8 });
  });
});
