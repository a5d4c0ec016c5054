import { jest } from '@jest/globals';
import { Keyv } from 'keyv';
import { type Door, doorNames, openDoor } from 'twodoors/testing';
import { staleApps, withReadyPlan } from '../../planned-twin.js';
import { Browser, openForTest } from '../browser.js';
import { loaded, logged, resetUsers, signInApp, users } from './sign-in-app.js';

const app = signInApp();
const HTML = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
const JSON_ONLY = { accept: 'application/json' };

let now: jest.Spied<typeof Date.now> | undefined;
beforeEach(resetUsers);
afterEach(() => {
  now?.mockRestore();
  now = undefined;
  logged.length = 0;
});

/** Moves the clock. */
function later(seconds: number): void {
  const at = Date.now() + seconds * 1000;
  now?.mockRestore();
  now = jest.spyOn(Date, 'now').mockReturnValue(at);
}

describe.each(doorNames.map((name) => ({ name })))('$name', ({ name }) => {
  let door: Door;
  let browser: Browser;
  beforeAll(async () => {
    door = await (name === 'rest' ? withReadyPlan(app, (twin) => openDoor(twin, name)) : openDoor(app, name));
  });
  beforeEach(() => {
    browser = new Browser(door);
  });
  afterAll(async () => {
    await door.close();
    expect(staleApps).toEqual([]);
  });

  const signIn = (form: Record<string, string> = { id: '1' }) => browser.request('/login', { form });

  test('who has signed in is known at the next request, and after logout no more', async () => {
    expect(await browser.json('/home')).toEqual({ hello: 'stranger' });
    expect((await signIn()).status).toBe(303);
    expect(await browser.json('/home')).toEqual({ hello: 'ada' });
    expect(await browser.json('/account')).toEqual({ account: 'ada' });
    expect((await browser.request('/logout', { method: 'POST' })).status).toBe(303);
    expect(await browser.json('/home')).toEqual({ hello: 'stranger' });
    expect(browser.cookies.size).toBe(0);
  });

  test('in one request the user changes with login and logout', async () => {
    await signIn();
    expect(await browser.json('/swap', { form: { id: '2' } })).toEqual(['ada', 'bob', null]);
  });

  test('a browser is sent to the login page, with the way back', async () => {
    const response = await browser.request('/account?a=1&b=x%20y', { headers: HTML });
    expect([response.status, response.headers['location']]).toEqual([
      303,
      '/login?next=%2Faccount%3Fa%3D1%26b%3Dx%2520y',
    ]);
    expect(response.headers).toMatchObject({ 'cache-control': 'private, no-cache', vary: 'Cookie' });
    const page = await browser.request(response.headers['location']!, { headers: HTML });
    expect(page.text()).toBe('Sign in, then /account?a=1&b=x%20y');
    const back = await browser.request(response.headers['location']!, { form: { id: '1' } });
    expect([back.status, back.headers['location']]).toEqual([303, '/account?a=1&b=x%20y']);
  });

  test('a HEAD of a browser is sent there as well', async () => {
    const response = await browser.request('/account', { method: 'HEAD', headers: HTML });
    expect([response.status, response.headers['location']]).toEqual([303, '/login?next=%2Faccount']);
  });

  test('after a form the way back is the page that it was on', async () => {
    const referer = 'https://example.com/settings?tab=2';
    const response = await browser.request('/account', { method: 'POST', headers: { ...HTML, referer } });
    expect(response.headers['location']).toBe('/login?next=%2Fsettings%3Ftab%3D2');
    const without = await browser.request('/account', { method: 'POST', headers: HTML });
    expect(without.headers['location']).toBe('/login');
  });

  test('a way back that is too long for a URL is left out', async () => {
    const response = await browser.request(`/account?q=${'x'.repeat(2000)}`, { headers: HTML });
    expect(response.headers['location']).toBe('/login');
  });

  test.each([
    ['JSON', JSON_ONLY],
    ['anything', { accept: '*/*' }],
    ['JSON more than HTML', { accept: 'text/html;q=0.5,application/json' }],
  ])('a client that accepts %s gets a 401', async (_what, headers) => {
    const response = await browser.request('/account', { headers });
    expect(response.json()).toEqual({ type: 'about:blank', title: 'Unauthorized', status: 401 });
    expect(response.headers).toMatchObject({ 'content-type': 'application/problem+json', vary: 'Cookie' });
    expect(response.headers['www-authenticate']).toBeUndefined();
  });

  test.each(['/account', '/id/1', '/thrice', '/inherited', '/cached'])('%s is for users alone', async (target) => {
    expect((await browser.request(target, { headers: JSON_ONLY })).status).toBe(401);
    await signIn();
    expect((await browser.request(target, { headers: JSON_ONLY })).status).toBe(200);
  });

  test('a refusal comes before the path is converted and the body read', async () => {
    expect((await browser.request('/id/x', { headers: JSON_ONLY })).status).toBe(401);
    const body = { method: 'POST', body: '{', headers: { ...JSON_ONLY, 'content-type': 'application/json' } };
    expect((await browser.request('/implied', body)).status).toBe(401);
    await signIn();
    expect((await browser.request('/implied', body)).status).toBe(400);
    expect(await browser.json('/implied', { json: { n: 3 } })).toEqual({ name: 'ada', n: 3 });
  });

  test('middleware that stands before @LoginRequired() wraps a redirect', async () => {
    const { headers, status } = await browser.request('/tagged', { headers: HTML });
    expect([status, headers['x-tagged']]).toEqual([303, 'yes']);
  });

  test('the user is loaded on first need, and once a request', async () => {
    await signIn();
    expect(loaded).toEqual([]);
    await browser.request('/public');
    await browser.request('/not-there');
    expect(loaded).toEqual([]);
    expect(await browser.json('/thrice')).toBe(true);
    expect(loaded).toEqual([1]);
  });

  test('a page that does not ask for the user stays public, and one that does is private', async () => {
    await signIn();
    expect((await browser.request('/public')).headers['cache-control']).toBeUndefined();
    const home = await browser.request('/home');
    expect(home.headers).toMatchObject({ 'cache-control': 'private, no-cache', vary: 'Cookie' });
    const own = await browser.request('/cached');
    expect(own.headers).toMatchObject({ 'cache-control': 'public, max-age=60', vary: 'Cookie' });
  });

  test('a user who is deleted while signed in is a stranger, and stays one when the id is used again', async () => {
    await signIn();
    await browser.json('/cart', { form: { item: 'tea' } });
    users.delete(1);
    expect((await browser.request('/account', { headers: JSON_ONLY })).status).toBe(401);
    resetUsers();
    expect((await browser.request('/account', { headers: JSON_ONLY })).status).toBe(401);
    expect(await browser.json('/cart')).toEqual({ cart: ['tea'] });
  });

  test('a store of users that fails is a 500, not a stranger', async () => {
    await signIn({ id: '13' });
    expect((await browser.request('/account', { headers: HTML })).status).toBe(500);
    expect((await browser.request('/home', { headers: JSON_ONLY })).status).toBe(500);
    expect(logged).toEqual(['The database is away', 'The database is away']);
    logged.length = 0;
  });

  test('login keeps what the session had, unless it was another user’s', async () => {
    await browser.json('/cart', { form: { item: 'tea' } });
    await signIn({ id: '1' });
    expect(await browser.json('/cart')).toEqual({ cart: ['tea'] });
    await signIn({ id: '1' });
    expect(await browser.json('/cart')).toEqual({ cart: ['tea'] });
    await signIn({ id: '2' });
    expect(await browser.json('/cart')).toEqual({});
    expect(await browser.json('/home')).toEqual({ hello: 'bob' });
  });

  test('a session with a made-up user is none', async () => {
    await signIn();
    const [payload, ...rest] = browser.cookies.get('session')!.split('.');
    expect(Buffer.from(payload!, 'base64url').toString()).toBe('{"_user":1}');
    browser.cookies.set('session', [Buffer.from('{"_user":2}').toString('base64url'), ...rest].join('.'));
    expect(await browser.json('/home')).toEqual({ hello: 'stranger' });
  });

  test('a session ends with the browser, and a remembered one after 31 days without a visit', async () => {
    expect((await signIn()).cookies[0]).not.toMatch(/Max-Age/);
    expect((await signIn({ id: '1', remember: 'on' })).cookies[0]).toMatch(/; Max-Age=2678400;/);
    later(30 * 24 * 3600);
    const visit = await browser.request('/home');
    expect(visit.json()).toEqual({ hello: 'ada' });
    expect(visit.cookies[0]).toMatch(/; Max-Age=2678400;/);
    later(32 * 24 * 3600);
    expect(await browser.json('/home')).toEqual({ hello: 'stranger' });
  });

  test('a remembered session is not remembered after the next login without it, nor after logout', async () => {
    await signIn({ id: '1', seconds: '3600' });
    later(3500);
    expect((await signIn()).cookies[0]).not.toMatch(/Max-Age/);
    await signIn({ id: '1', seconds: '3600' });
    await browser.request('/logout', { method: 'POST' });
    expect((await browser.request('/cart', { form: { item: 'tea' } })).cookies[0]).not.toMatch(/Max-Age/);
  });

  test.each(['0', '-1', '1.5', '34560001'])('a session cannot be remembered for %s seconds', async (seconds) => {
    expect((await signIn({ id: '1', seconds })).status).toBe(500);
    expect(logged[0]).toMatch(/^login, remember: .* is not a whole number of seconds from 1 to 34560000 \(400 days\)/);
  });
});

describe('with a store', () => {
  test('login gives a new id, and the one before has nothing (fixation)', async () => {
    const store = new Keyv();
    const door = await openForTest(signInApp({}, { store }), 'koa');
    const attacker = new Browser(door);
    await attacker.json('/cart', { form: { item: 'tea' } });
    const victim = new Browser(door);
    victim.cookies.set('session', attacker.cookies.get('session')!);
    await victim.request('/login', { form: { id: '1' } });
    expect(await victim.json('/home')).toEqual({ hello: 'ada' });
    expect(await attacker.json('/home')).toEqual({ hello: 'stranger' });
    expect(await attacker.json('/cart')).toEqual({});
  });

  test('a session that somebody has signed out of is over, wherever its cookie is', async () => {
    const door = await openForTest(signInApp({}, { store: new Keyv() }), 'koa');
    const browser = new Browser(door);
    await browser.request('/login', { form: { id: '1' } });
    const stolen = new Browser(door);
    stolen.cookies.set('session', browser.cookies.get('session')!);
    await browser.request('/logout', { method: 'POST' });
    expect(await stolen.json('/home')).toEqual({ hello: 'stranger' });
  });

  test('a remembered session is kept as long as its cookie', async () => {
    const ttls: (number | undefined)[] = [];
    const store = new Keyv();
    const set = store.set.bind(store);
    store.set = ((key: string, value: unknown, ttl?: number) => {
      ttls.push(ttl);
      return set(key, value, ttl);
    }) as typeof store.set;
    const door = await openForTest(signInApp({}, { store, maxAge: 60 }), 'koa');
    const browser = new Browser(door);
    await browser.request('/login', { form: { id: '1', seconds: '3600' } });
    later(1000);
    expect(await browser.json('/home')).toEqual({ hello: 'ada' });
    later(2700);
    expect(await browser.json('/home')).toEqual({ hello: 'stranger' });
    expect(ttls).toEqual([3_600_000]);
  });
});
