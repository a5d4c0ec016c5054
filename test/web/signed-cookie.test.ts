import { jest } from '@jest/globals';
import {
  Body,
  Controller,
  defineApp,
  Get,
  type HttpRequest,
  Post,
  Req,
  readToken,
  type SigningSecret,
  signedCookie,
  signToken,
} from 'twodoors';
import { type Door, doorNames, openDoor } from 'twodoors/testing';
import { Browser } from './browser.js';
import { later } from './clock.js';

let secret: SigningSecret = 'one';
const preferences = signedCookie<unknown>('preferences', {
  secret: () => (typeof secret === 'function' ? secret() : secret),
  maxAge: 100,
  sameSite: 'strict',
});
const other = signedCookie<unknown>('other', { secret: 'one' });

@Controller('/p')
class PreferencesController {
  @Post() set(@Req() request: HttpRequest, @Body(Object) value: unknown) {
    preferences.set(request, value);
    other.set(request, value);
  }
  @Get() get(@Req() request: HttpRequest) {
    return { is: preferences.get(request) };
  }
  @Post('/delete') delete(@Req() request: HttpRequest) {
    preferences.delete(request);
  }
  @Post('/date') date(@Req() request: HttpRequest) {
    preferences.set(request, { at: [new Date(0)] });
  }
  @Post('/long') long(@Req() request: HttpRequest) {
    preferences.set(request, 'x'.repeat(4000));
  }
}

const messages: string[] = [];
const app = defineApp({
  controllers: [PreferencesController],
  publicOrigin: 'https://example.com',
  log: (error) => messages.push((error as Error).message),
});

beforeEach(() => {
  secret = 'one';
});
afterEach(() => jest.restoreAllMocks());

describe.each(doorNames.map((name) => ({ name })))('$name: a signed cookie', ({ name }) => {
  let door: Door;
  let browser: Browser;
  beforeAll(async () => {
    door = await openDoor(app, name);
  });
  beforeEach(() => {
    browser = new Browser(door);
  });
  afterAll(() => door.close());
  const read = async () => ((await browser.json('/p')) as { is?: unknown }).is;

  test('holds any JSON, with the attributes that it was made with', async () => {
    const response = await browser.request('/p', { json: { theme: 'dark; Secure', á: ['\n'] } });
    expect(response.cookies[0]).toMatch(
      /^preferences=[\w-]+\.\w+\.[\w-]{43}; Max-Age=100; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    expect(await read()).toEqual({ theme: 'dark; Secure', á: ['\n'] });
  });

  test('is undefined where it was never set, and where it was deleted', async () => {
    expect(await read()).toBeUndefined();
    await browser.request('/p', { json: 1 });
    expect(await read()).toBe(1);
    await browser.request('/p/delete', { method: 'POST' });
    expect(browser.cookies.has('preferences')).toBe(false);
  });

  test('is undefined where it was changed, or belongs to another cookie', async () => {
    await browser.request('/p', { json: { admin: false } });
    const [value, time, signature] = browser.cookies.get('preferences')!.split('.');
    const forged = Buffer.from('{"admin":true}').toString('base64url');
    for (const changed of [
      `${forged}.${time}.${signature}`,
      `${value}.${time}1.${signature}`,
      `${value}.${time}.${signature!.slice(1)}A`,
      `${value}.${time}`,
      `${value}`,
      '',
      browser.cookies.get('other')!,
    ]) {
      browser.cookies.set('preferences', changed);
      expect([changed, await read()]).toEqual([changed, undefined]);
    }
  });

  test('is undefined where it is too old, whatever the browser keeps', async () => {
    await browser.request('/p', { json: 1 });
    later(99);
    expect(await read()).toBe(1);
    later(2);
    expect(await read()).toBeUndefined();
  });

  test('survives a new key, and not the end of its own', async () => {
    await browser.request('/p', { json: 1 });
    secret = () => ['two', 'one'];
    expect(await read()).toBe(1);
    secret = 'two';
    expect(await read()).toBeUndefined();
  });

  test('is an error where JSON would change it, where it is too long, and without a secret', async () => {
    const fails = async (target: string) => {
      const response = await browser.request(target, { method: 'POST' });
      expect([response.status, response.cookies]).toEqual([500, []]);
      return messages.pop();
    };
    expect(await fails('/p/date')).toMatch(/^The value of signedCookie, "preferences"\.at\[0\] is a Date/);
    expect(await fails('/p/long')).toMatch(/^The cookie "preferences" has 5\d\d\d bytes/);
    for (const missing of ['', [], [undefined, 'one'], undefined as never]) {
      secret = missing;
      expect(await fails('/p/long')).toMatch(/^signedCookie, "preferences": its secret is missing/);
    }
  });
});

describe('a token', () => {
  const options = { secret: 'one', purpose: 'reset' };
  const token = signToken({ userId: 7, name: 'á' }, options);
  const reading = { ...options, maxAge: 60 };

  test('gives its value back, and is safe in a URL', () => {
    expect(readToken(token, reading)).toEqual({ userId: 7, name: 'á' });
    expect(token).toBe(encodeURIComponent(token));
  });

  test('any change makes it invalid', () => {
    const twin = (letter: string) => (letter === 'A' ? 'B' : 'A');
    for (let i = 0; i < token.length; i++) {
      const changed = token.slice(0, i) + twin(token[i]!) + token.slice(i + 1);
      expect([i, readToken(changed, reading)]).toEqual([i, undefined]);
    }
    for (let i = 0; i < token.length; i++) expect(readToken(token.slice(0, i), reading)).toBeUndefined();
  });

  test.each<[rule: string, text: unknown, options: object]>([
    ['with another key', token, { secret: 'two' }],
    ['for another purpose', token, { purpose: 'confirm' }],
    ['of a cookie’s kind', 'eyJ1c2VySWQiOjd9.abc.def', {}],
    ['that is empty', '', {}],
    ['that is missing', undefined, {}],
    ['of dots', '..', {}],
  ])('one %s is undefined', (_rule, text, more) => {
    expect(readToken(text as string, { ...reading, ...more })).toBeUndefined();
  });

  test('two purposes that read the same when they are joined stay two', () => {
    const ab = signToken('x', { secret: 'one', purpose: 'a:1' });
    expect(readToken(ab, { secret: 'one', purpose: 'a', maxAge: 60 })).toBeUndefined();
  });

  test('is undefined when its age is over, to the second', () => {
    const start = Math.floor(Date.now() / 1000) * 1000;
    const clock = jest.spyOn(Date, 'now').mockReturnValue(start);
    const fresh = signToken(1, options);
    clock.mockReturnValue(start + 60_000);
    expect(readToken(fresh, reading)).toBe(1);
    clock.mockReturnValue(start + 60_001);
    expect(readToken(fresh, reading)).toBeUndefined();
  });

  test('is read with previous keys, and made with the current one', () => {
    expect(readToken(token, { ...reading, secret: ['two', undefined, 'one'] })).toBeDefined();
    expect(readToken(signToken(1, { ...options, secret: ['two', 'one'] }), { ...reading, secret: 'two' })).toBe(1);
  });

  test('throws without a secret', () => {
    expect(() => signToken(1, { ...options, secret: '' })).toThrow(/^signToken: its secret is missing/);
    expect(() => readToken(token, { ...reading, secret: () => undefined })).toThrow(/^readToken: its secret/);
  });
});
