import { jest } from '@jest/globals';
import { Keyv } from 'keyv';
import { Controller, defineApp, Get } from 'twodoors';
import { createHandler } from 'twodoors/lambda';
import { sessions } from 'twodoors/sessions';
import { clock, type Door, doorNames, openDoor, openGatewayDoor, type TestClient } from 'twodoors/testing';
import { resetUsers, signInApp } from '../web/auth/sign-in-app.js';
import { openForTest } from '../web/browser.js';
import { app } from './forms-app.js';

beforeEach(resetUsers);
afterEach(() => clock.reset());

describe.each(doorNames.map((name) => ({ name })))('$name', ({ name }) => {
  let door: Door;
  let client: TestClient;
  beforeAll(async () => {
    door = await openDoor(app, name);
  });
  beforeEach(() => {
    client = door.client();
  });
  afterAll(() => door.close());

  test('a stranger signs in by the page that the door sends', async () => {
    const login = await client.open('/account');
    expect([login.url, login.redirects]).toEqual(['/login?next=%2Faccount', ['/login?next=%2Faccount']]);
    const account = await client.submit('Sign in', { Number: 1 });
    expect([account.url, account.status, account.text()]).toEqual(['/account', 200, '<p>ada: Welcome</p>']);
    expect((await client.open('/account')).text()).toBe('<p>ada: </p>');
    expect((await door.client().open('/account')).url).toBe('/login?next=%2Faccount');
  });

  test('fields that are not filled in are sent as they are', async () => {
    await client.open('/all');
    const { pairs, query } = (await client.submit('Save')).json();
    expect(query).toBe('from=all');
    expect(pairs).toEqual([
      ['token', 't1'],
      ['title', 'old'],
      ['notes', 'one\r\ntwo'],
      ['kept', 'yes'],
      ['topping', 'h'],
      ['size', 's'],
      ['color', 'r'],
      ['tags', 'one'],
      ['amount', ''],
      ['nick', 'ada'],
      ['action', 'save'],
      ['outside', 'o'],
    ]);
  });

  test('fields are filled in by their labels, or by their names', async () => {
    await client.open('/all');
    const response = await client.submit('Drop it', {
      Title: 'new',
      Notes: 'a\nb',
      Draft: true,
      kept: false,
      Toppings: ['Onion'],
      Size: 'Large',
      Color: 'Green',
      Tags: ['one', 'two'],
      'Amount in euros': 5,
      outside: 'p',
    });
    const { pairs, query } = response.json();
    expect(query).toBe('dropped=1');
    expect(pairs).toEqual([
      ['token', 't1'],
      ['title', 'new'],
      ['notes', 'a\r\nb'],
      ['draft', 'on'],
      ['topping', 'o'],
      ['size', 'l'],
      ['color', 'Green'],
      ['tags', 'one'],
      ['tags', 'two'],
      ['amount', '5'],
      ['nick', 'ada'],
      ['action', 'drop'],
      ['outside', 'p'],
    ]);
  });

  test('files are sent; a field without one is sent as browsers do, which the app takes for none', async () => {
    await client.open('/all');
    const scans = [
      { filename: 'a "1".txt', contentType: 'text/plain', content: 'é' },
      { filename: 'b.bin', content: new Uint8Array([0, 255, 13, 10]) },
    ];
    expect((await client.submit('Upload', { Scans: scans, Who: 'zoë' })).json()).toEqual({
      scans: [
        ['a %221%22.txt', 'text/plain', 'Ã©'],
        ['b.bin', 'application/octet-stream', '\u0000ÿ\r\n'],
      ],
      who: 'zoë',
    });
  });

  test('a form that reads puts its fields into the query', async () => {
    await client.open('/all');
    expect((await client.submit('Search', { Find: 'green tea' })).json()).toEqual({ q: 'green tea' });
  });

  test('multipart and forms are sent without a page as well', async () => {
    const file = { filename: 'a.txt', contentType: 'text/plain', content: 'twodoors-test-boundary' };
    expect((await client.request('/upload', { multipart: { a: ['1', '2'], f: file } })).json()).toEqual({
      a: ['1', '2'],
      f: ['a.txt', 'text/plain', 'twodoors-test-boundary'],
    });
    const { pairs } = (await client.request('/echo', { form: { a: ['1', '2'], b: '3' } })).json();
    expect(pairs).toEqual([
      ['a', '1'],
      ['a', '2'],
      ['b', '3'],
    ]);
  });

  test('cookies are kept by path and age, and go when the browser is closed', async () => {
    await client.request('/set/deep');
    expect((await client.request('/cookies')).json()).toEqual({ all: '1', open: '3' });
    expect((await client.request('/set/deep/er')).json()).toEqual({ all: '1', deep: '2', open: '3' });
    client.restart();
    expect((await client.request('/set/deep/er')).json()).toEqual({ all: '1' });
    clock.advance(61);
    expect((await client.request('/set/deep/er')).json()).toEqual({});
  });

  test('a page is opened, and a form sent, with the headers of a browser', async () => {
    const accept = expect.stringMatching(/^text\/html,/);
    const opened = (await client.open('/headers')).json();
    expect(opened).toEqual({ accept, host: 'localhost', site: 'none', mode: 'navigate' });
    await client.open('/post-headers?a=1');
    const site = { site: 'same-origin', mode: 'navigate', origin: 'https://localhost' };
    const referer = 'https://localhost/post-headers?a=1';
    expect((await client.submit('Send')).json()).toEqual({ accept, host: 'localhost', referer, ...site });
    expect((await client.request('/headers')).json()).toEqual({ host: 'localhost' });
    const json = door.client({ accept: 'json', host: 'shop.example', headers: { cookie: 'x=1' } });
    expect((await json.request('/headers')).json()).toMatchObject({ accept: 'application/json', host: 'shop.example' });
  });

  test.each([
    ['301', 'GET'],
    ['302', 'GET'],
    ['303', 'GET'],
    ['307', 'POST'],
    ['308', 'POST'],
  ])('a %s after a POST is followed by a %s', async (status, method) => {
    const headers = { 'content-type': 'text/plain' };
    const response = await client.request(`/r/${status}`, { body: 'text', headers });
    expect(response.url).toBe('/method?x=1');
    expect(response.json()).toEqual(method === 'POST' ? { method, body: 'text' } : { method });
  });

  test('redirects are not followed where the client or the request says so, or to another origin', async () => {
    expect((await client.request('/r/302', { followRedirects: false })).status).toBe(302);
    const still = door.client({ followRedirects: false });
    expect((await still.request('/r/302')).headers['location']).toBe('/cookies');
    expect((await still.request('/r/302', { followRedirects: true })).url).toBe('/cookies');
    const away = await client.request('/away');
    expect([away.status, away.url]).toEqual([303, '/away']);
    await expect(client.request('/loop')).rejects.toThrow(/^\/loop led to more than 20 redirects/);
  });

  test('a client is made a user’s, and its session read and changed', async () => {
    await client.as(2);
    expect((await client.open('/account')).text()).toBe('<p>bob: </p>');
    await client.changeSession((session) => {
      session['cart'] = [1, 2];
    });
    expect((await client.request('/cart')).json()).toEqual({ cart: [1, 2] });
    expect(await client.session()).toEqual({ cart: [1, 2] });
    expect((await client.open('/account')).text()).toBe('<p>bob: </p>');
    await client.changeSession((session) => {
      delete session['cart'];
    });
    expect(await client.session()).toEqual({});
    await expect(client.changeSession((session) => Object.assign(session, { at: new Date() }))).rejects.toThrow(/at/);
  });
});

describe('a form of which something is not there', () => {
  let client: TestClient;
  beforeEach(async () => {
    client = (await openForTest(app, 'koa')).client();
    await client.open('/all');
  });

  test.each<[what: string, button: string, values: Record<string, never>, message: RegExp]>([
    [
      'a button',
      'Store',
      {},
      /^The page has no button "Store" that sends a form\. It has: "Search", "Save", "Drop it"/,
    ],
    ['a button that is disabled', 'Never', {}, /^The button "Never" is disabled/],
    [
      'a field',
      'Save',
      { Titel: 'x' } as never,
      /^The form has no field "Titel"\. It has: "token", "Title \*", "Notes:",/,
    ],
    [
      'an option',
      'Save',
      { Color: 'Blue' } as never,
      /^The field "Color" has no option "Blue"\. It has: "Choose", "Red"/,
    ],
    ['an option that is disabled', 'Save', { Tags: ['three'] } as never, /"three" that can be chosen/],
    [
      'a radio button',
      'Save',
      { Size: 'Tiny' } as never,
      /^The radio buttons "Size" have no "Tiny"\. They have: "Small"/,
    ],
    ['a box', 'Save', { Toppings: ['Olives'] } as never, /^The boxes "Toppings" have no "Olives"/],
    ['a box that is disabled', 'Save', { Toppings: ['Caviar'] } as never, /^The field "Toppings" is disabled/],
    ['text for a box', 'Save', { Draft: 'yes' } as never, /^The field "Draft" is a box: give true or false/],
    ['true for several boxes', 'Save', { topping: true } as never, /^The field "topping" is several boxes/],
    ['true for text', 'Save', { Title: true } as never, /^The field "Title" takes text, not true/],
    ['a list for text', 'Save', { Title: ['a', 'b'] } as never, /^The field "Title" takes one value/],
    [
      'text for files',
      'Upload',
      { Photo: 'a.txt' } as never,
      /^The field "Photo" takes files: \{ filename, content \}/,
    ],
    ['a readonly field', 'Save', { Nickname: 'x' } as never, /^The field "Nickname" cannot be changed: it is readonly/],
    ['a disabled group', 'Save', { Off: 'x' } as never, /^The field "Off" is disabled/],
    ['which of two forms', 'Go', {}, /^The page has 2 buttons "Go"\. Name a field that only one of the forms has/],
    ['the same origin', 'Leave', {}, /^The form leads to another origin, https:\/\/elsewhere\.example/],
  ])('%s: the error says what there is', async (_what, button, values, message) => {
    await expect(client.submit(button, values)).rejects.toThrow(message);
  });

  test('of two forms with one button the one is sent that has the field', async () => {
    expect((await client.submit('Go', { Two: '2' })).json().pairs).toEqual([['two', '2']]);
  });

  test('a form in plain text is sent as such', async () => {
    expect((await client.submit('Plain')).json().type).toBe('text/plain');
  });

  test('a page must be open', async () => {
    const fresh = (await openForTest(app, 'koa')).client();
    await expect(fresh.submit('Save')).rejects.toThrow(/^submit\(\) needs a page\. Open one before/);
  });
});

test('sessions in a store are read and changed as well, and end by the clock', async () => {
  const door = await openForTest(signInApp({}, { store: new Keyv(), maxAge: 60 }), 'http');
  const client = await door.client().as(1);
  expect((await client.request('/home')).json()).toEqual({ hello: 'ada' });
  await client.changeSession((session) => {
    session['n'] = 1;
  });
  expect(await client.session()).toEqual({ n: 1 });
  expect(client.cookies).toEqual([expect.objectContaining({ name: 'session', domain: 'example.com', httpOnly: true })]);
  clock.advance(61);
  expect((await client.request('/home')).json()).toEqual({ hello: 'stranger' });
});

test('a clock that is stopped signs the same twice, and is moved all the same', () => {
  const now = jest.spyOn(Date, 'now').mockReturnValue(1_000_000);
  clock.freeze();
  now.mockReturnValue(2_000_000);
  expect(clock.now()).toBe(1_000_000);
  clock.advance(1);
  expect(clock.now()).toBe(1_001_000);
  clock.set(new Date(5));
  expect(clock.now()).toBe(5);
  clock.reset();
  expect(clock.now()).toBe(2_000_000);
  now.mockRestore();
});

test('tokens end by the clock', async () => {
  const client = (await openForTest(app, 'koa')).client();
  const token = (await client.request('/token')).text();
  expect((await client.request(`/token?t=${token}`)).json()).toEqual({ n: 1 });
  clock.advance(61);
  expect((await client.request(`/token?t=${token}`)).text()).toBe('too old');
  clock.set(new Date());
  expect((await client.request(`/token?t=${token}`)).json()).toEqual({ n: 1 });
  expect(() => clock.advance(-1)).toThrow(RangeError);
});

test('an app without sessions, and a door without its app, say so', async () => {
  @Controller()
  class Bare {
    @Get() home() {
      return 'home';
    }
  }
  const bare = defineApp({ controllers: [Bare] });
  const client = (await openForTest(bare, 'koa')).client();
  await expect(client.as(1)).rejects.toThrow(/^The app has no sessions in "use:" of defineApp/);
  const withSessions = defineApp({ controllers: [Bare], use: [sessions()] });
  const ofHandler = openGatewayDoor('url', createHandler(withSessions)).client();
  expect((await ofHandler.request('/')).text()).toBe('home');
  await expect(ofHandler.session()).rejects.toThrow(
    /^client\.session\(\) needs the app, and this door has only its handler/,
  );
});
