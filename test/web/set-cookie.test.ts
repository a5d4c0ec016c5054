import {
  Controller,
  type CookieOptions,
  defineApp,
  deleteCookie,
  Get,
  HttpError,
  HttpReply,
  type HttpRequest,
  type Middleware,
  NotFoundError,
  Query,
  Req,
  setCookie,
} from 'twodoors';
import { doorNames, openDoor, openDoors } from 'twodoors/testing';
import { type Row, runRows } from '../contract/run-rows.js';

/** What a handler does after its request has timed out, when the test says so. */
let goOn: () => void;
let outcome: Promise<unknown>;

@Controller('/c')
class CookieController {
  @Get('/plain') plain(@Req() request: HttpRequest) {
    setCookie(request, 'a', 'b');
    return 'set';
  }
  @Get('/options') options(@Req() request: HttpRequest) {
    setCookie(request, 'a', 'b', {
      maxAge: 60,
      expires: new Date(0),
      domain: 'example.com',
      path: '/c',
      httpOnly: false,
      sameSite: 'strict',
    });
  }
  @Get('/value') value(@Req() request: HttpRequest) {
    setCookie(request, 'a', 'á "b", {c}=\\ %41');
  }
  @Get('/echo') echo(@Req() request: HttpRequest) {
    return { a: request.cookies['a'] };
  }
  @Get('/set') set(@Req() request: HttpRequest, @Query('name') name: string, @Query('value') value: string) {
    setCookie(request, name, value);
  }
  @Get('/attribute') attribute(@Req() request: HttpRequest, @Query('options') options: string) {
    setCookie(request, 'a', 'b', JSON.parse(options) as CookieOptions);
  }
  @Get('/host') host(@Req() request: HttpRequest, @Query('options') options: string = '{}') {
    setCookie(request, '__Host-a', 'b', JSON.parse(options) as CookieOptions);
  }
  @Get('/several') several(@Req() request: HttpRequest) {
    setCookie(request, 'a', 'first');
    setCookie(request, 'b', 'other name');
    setCookie(request, 'a', 'other path', { path: '/c' });
    setCookie(request, 'a', 'other domain', { domain: 'example.com' });
    setCookie(request, 'a', 'other domain, as before', { domain: '.EXAMPLE.com' });
    setCookie(request, 'a', 'last', { maxAge: 1 });
  }
  @Get('/over-reply') overReply(@Req() request: HttpRequest) {
    setCookie(request, 'a', 'queue');
    return new HttpReply('x', {
      cookies: ['a=reply; Path=/; Secure', 'a=kept; Path=/elsewhere', 'b=kept', 'A=kept; Path=/'],
    });
  }
  @Get('/default-path') defaultPath(@Req() request: HttpRequest) {
    setCookie(request, 'a', 'queue', { path: '/c' });
    return new HttpReply('x', { cookies: ['a=this is /c/default-path, so that its path is /c'] });
  }
  @Get('/delete') delete(@Req() request: HttpRequest) {
    setCookie(request, 'a', 'never sent');
    deleteCookie(request, 'a');
    deleteCookie(request, '__Secure-b', { path: '/c', domain: 'example.com' });
  }
  @Get('/error') error(@Req() request: HttpRequest) {
    setCookie(request, 'a', 'b');
    throw new NotFoundError('gone');
  }
  @Get('/bug') bug(@Req() request: HttpRequest) {
    setCookie(request, 'a', 'b');
    throw new TypeError('a bug');
  }
  @Get('/late') async late(@Req() request: HttpRequest) {
    setCookie(request, 'a', 'in time');
    const replied = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    outcome = replied.then(() => setCookie(request, 'a', 'too late')).catch((error: unknown) => error);
    await outcome;
  }
  @Get('/generator') async *generator(@Req() request: HttpRequest) {
    yield 'begun';
    setCookie(request, 'a', 'too late');
  }
  @Get('/generator-first') async *generatorFirst(@Req() request: HttpRequest) {
    setCookie(request, 'a', 'too late');
    yield 'never';
  }
  @Get('/generator-fails') generatorFails(@Req() request: HttpRequest) {
    setCookie(request, 'a', 'before the body');
    return (async function* () {
      if (request.path !== '') throw new HttpError(418, 'no tea');
      yield 'never';
    })();
  }
}

const outer: Middleware = async (request, next) => {
  const reply = await next();
  setCookie(request, 'outer', 'after next()');
  return reply;
};

const ATTRIBUTES = 'Path=/; HttpOnly; SameSite=Lax';
const http = { controllers: [CookieController], publicOrigin: 'http://localhost', log: () => {} };

const rows: Row[] = [
  {
    rule: 'a cookie is HttpOnly, SameSite=Lax, for all paths, until the browser is closed',
    target: '/c/plain',
    reply: 'set',
    replyCookies: [`a=b; ${ATTRIBUTES}`],
  },
  {
    rule: 'each attribute can be set',
    target: '/c/options',
    status: 204,
    replyCookies: [
      'a=b; Max-Age=60; Domain=example.com; Path=/c; Expires=Thu, 01 Jan 1970 00:00:00 GMT; SameSite=Strict',
    ],
  },
  {
    rule: 'a value is percent-encoded',
    target: '/c/value',
    status: 204,
    replyCookies: [`a=%C3%A1%20%22b%22%2C%20%7Bc%7D%3D%5C%20%2541; ${ATTRIBUTES}`],
  },
  {
    rule: 'and read as it was',
    target: '/c/echo',
    headers: { cookie: 'a=%C3%A1%20%22b%22%2C%20%7Bc%7D%3D%5C%20%2541' },
    reply: { a: 'á "b", {c}=\\ %41' },
  },
  {
    rule: 'of one name, domain and path the last one counts',
    target: '/c/several',
    status: 204,
    replyCookies: [
      `a=last; Max-Age=1; ${ATTRIBUTES}`,
      `b=other%20name; ${ATTRIBUTES}`,
      'a=other%20path; Path=/c; HttpOnly; SameSite=Lax',
      `a=other%20domain%2C%20as%20before; Domain=.EXAMPLE.com; ${ATTRIBUTES}`,
    ],
  },
  {
    rule: 'also over the cookies of an HttpReply; names differ by case',
    target: '/c/over-reply',
    reply: 'x',
    replyCookies: ['a=kept; Path=/elsewhere', 'b=kept', 'A=kept; Path=/', `a=queue; ${ATTRIBUTES}`],
  },
  {
    rule: 'a cookie without a path has that of its folder',
    target: '/c/default-path',
    reply: 'x',
    replyCookies: ['a=queue; Path=/c; HttpOnly; SameSite=Lax'],
  },
  {
    rule: 'a deleted cookie expires; the last one wins here as well',
    target: '/c/delete',
    status: 204,
    replyCookies: [
      'a=; Max-Age=0; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; SameSite=Lax',
      '__Secure-b=; Max-Age=0; Domain=example.com; Path=/c; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; Secure; SameSite=Lax',
    ],
  },
  { rule: 'an error keeps it', target: '/c/error', status: 404, replyCookies: [`a=b; ${ATTRIBUTES}`] },
  { rule: 'a bug keeps it', target: '/c/bug', status: 500, replyCookies: [`a=b; ${ATTRIBUTES}`] },
  {
    rule: 'a HEAD has it as GET does',
    method: 'HEAD',
    target: '/c/plain',
    reply: '',
    replyCookies: [`a=b; ${ATTRIBUTES}`],
  },
  {
    rule: 'an error of a body, before its first byte, keeps it',
    target: '/c/generator-fails',
    status: 418,
    replyCookies: [`a=before%20the%20body; ${ATTRIBUTES}`],
  },
  {
    rule: 'a generator starts too late to set one',
    target: '/c/generator-first',
    status: 500,
    replyCookies: [],
  },
  {
    rule: 'a name with the prefix __Host- is always Secure',
    target: '/c/host',
    status: 204,
    replyCookies: ['__Host-a=b; Path=/; HttpOnly; Secure; SameSite=Lax'],
  },
  {
    rule: 'and so is one for other sites',
    target: `/c/attribute?options=${encodeURIComponent('{"sameSite":"none","partitioned":true}')}`,
    status: 204,
    replyCookies: ['a=b; Path=/; HttpOnly; Secure; Partitioned; SameSite=None'],
  },
];

describe('at an app of http', () => runRows(defineApp(http), rows));

describe('at an app of https', () =>
  runRows(defineApp({ ...http, publicOrigin: 'https://example.com' }), [
    { rule: 'a cookie is Secure', target: '/c/plain', replyCookies: ['a=b; Path=/; HttpOnly; Secure; SameSite=Lax'] },
    {
      rule: 'unless it says otherwise',
      target: `/c/attribute?options=${encodeURIComponent('{"secure":false}')}`,
      status: 204,
      replyCookies: [`a=b; ${ATTRIBUTES}`],
    },
  ]));

describe('middleware', () =>
  runRows(defineApp({ ...http, use: [outer] }), [
    {
      rule: 'of the app sets cookies after next() as well',
      target: '/c/plain',
      replyCookies: [`a=b; ${ATTRIBUTES}`, `outer=after%20next(); ${ATTRIBUTES}`],
    },
    {
      rule: 'around a 404 that no route has made',
      target: '/nowhere',
      status: 404,
      replyCookies: [`outer=after%20next(); ${ATTRIBUTES}`],
    },
  ]));

describe('what would break out of its place is refused', () => {
  const messages: string[] = [];
  const app = defineApp({ ...http, log: (error) => messages.push((error as Error).message) });
  const refused: [rule: string, target: string, message: RegExp][] = [
    ['a semicolon in a value', `/c/set?name=a&value=${encodeURIComponent('b; Domain=evil.example')}`, /would inject/],
    ['a line break in a value', `/c/set?name=a&value=${encodeURIComponent('b\r\nset-cookie: c=d')}`, /would inject/],
    ['a NUL in a value', `/c/attribute?options=${encodeURIComponent('{"path":"/\\u0000"}')}`, /would inject/],
    ['a semicolon in a path', `/c/attribute?options=${encodeURIComponent('{"path":"/; Secure"}')}`, /would inject/],
    ['a line break in a domain', `/c/attribute?options=${encodeURIComponent('{"domain":"a\\r\\nb"}')}`, /would inject/],
    ['a domain that is not one', `/c/attribute?options=${encodeURIComponent('{"domain":"a b"}')}`, /domain/],
    ['a path without a slash', `/c/attribute?options=${encodeURIComponent('{"path":"c"}')}`, /begin with a slash/],
    ['a maxAge that is not whole', `/c/attribute?options=${encodeURIComponent('{"maxAge":1.5}')}`, /maxAge/],
    ['a sameSite that is not one', `/c/attribute?options=${encodeURIComponent('{"sameSite":"no"}')}`, /sameSite/],
    [
      'sameSite none without Secure',
      `/c/attribute?options=${encodeURIComponent('{"sameSite":"none","secure":false}')}`,
      /without Secure/,
    ],
    ['an equals sign in a name', '/c/set?name=a%3Db&value=c', /not a token/],
    ['a space in a name', '/c/set?name=a%20b&value=c', /not a token/],
    ['no name', '/c/set?name=&value=c', /not a token/],
    ['__Host- with a path', `/c/host?options=${encodeURIComponent('{"path":"/c"}')}`, /no domain/],
    ['__Host- with a domain', `/c/host?options=${encodeURIComponent('{"domain":"example.com"}')}`, /no domain/],
    ['__Host- without Secure', `/c/host?options=${encodeURIComponent('{"secure":false}')}`, /without Secure/],
    ['more than 4 KB', `/c/set?name=a&value=${'x'.repeat(4100)}`, /above 4096/],
  ];
  test.each(refused)('%s', async (_rule, target, message) => {
    const doors = await openDoors(app, { doors: ['koa', 'http'] });
    for (const door of doors) {
      const response = await door.request(target);
      expect([response.status, response.cookies]).toEqual([500, []]);
      expect(messages.pop()).toMatch(message);
    }
    await doors.close();
  });
});

describe.each(doorNames.map((name) => ({ name })))('$name', ({ name }) => {
  test('a 504 keeps what was set in time, and what comes later throws', async () => {
    const door = await openDoor(defineApp({ ...http, timeout: 10 }), name);
    const response = await door.request('/c/late');
    goOn();
    expect([response.status, response.cookies]).toEqual([504, [`a=in%20time; ${ATTRIBUTES}`]]);
    expect(await outcome).toMatchObject({ message: expect.stringMatching(/^setCookie, "a": the reply is on its way/) });
    await door.close();
  });

  test('a body that has begun breaks off where it sets a cookie', async () => {
    const door = await openDoor(defineApp(http), name);
    // The Koa door has sent its head by then; the others send whole replies.
    if (name === 'koa') await expect(door.request('/c/generator')).rejects.toThrow(/connection/i);
    else expect(await door.request('/c/generator')).toMatchObject({ status: 500, cookies: [] });
    await door.close();
  });
});

test('a request that nothing has dispatched has a queue of its own', async () => {
  const door = await openDoor(defineApp(http), 'url');
  const [one, other] = await Promise.all([door.request('/c/plain'), door.request('/c/echo')]);
  expect([one.cookies.length, other.cookies.length]).toEqual([1, 0]);
});
