import { createHmac } from 'node:crypto';
import { jest } from '@jest/globals';
import { Controller, defineApp, Get, type HttpRequest, Req } from 'twodoors';
import { auth, type BearerOptions, bearer, CurrentUser, LoginRequired, session } from 'twodoors/auth';
import { sessions } from 'twodoors/sessions';
import { type Door, type DoorName, doorNames, openDoor } from 'twodoors/testing';
import { openForTest } from '../browser.js';
import { forge, Issuer, signWithSecret } from './tokens.js';

const issuer = new Issuer();
const SECRET = 'a secret of 32 characters or more';
const logged: Error[] = [];

let now: jest.Spied<typeof Date.now> | undefined;
beforeAll(async () => {
  await issuer.addKey('one');
  await issuer.listen();
});
afterEach(() => {
  now?.mockRestore();
  now = undefined;
  logged.length = 0;
  issuer.failure = undefined;
});
afterAll(() => issuer.close());

/** Moves the clock. */
function later(seconds: number): void {
  const at = Date.now() + seconds * 1000;
  now?.mockRestore();
  now = jest.spyOn(Date, 'now').mockReturnValue(at);
}

@Controller()
class TokenController {
  @Get('/me') @LoginRequired() me(@Req() request: HttpRequest) {
    return request.claims;
  }
  @Get('/anyone') anyone(@CurrentUser({ optional: true }) user?: { sub: string }) {
    return user ?? { sub: 'nobody' };
  }
  @Get('/claims') claims(@Req() request: HttpRequest) {
    return request.claims ?? { none: true };
  }
}

const known = (sub: string) => (sub === 'gone' ? undefined : { sub });

function appWith(options: Partial<BearerOptions>) {
  const all = { issuer: issuer.issuer, audience: 'todos', ...options } as BearerOptions;
  return defineApp({
    controllers: [TokenController],
    log: (error) => logged.push(error as Error),
    use: [auth({ loadUser: known, identify: bearer(all) })],
  });
}

const ask = (door: Door, authorization?: string, target = '/me') =>
  door.request(target, { headers: authorization === undefined ? {} : { authorization } });

const REFUSED = (why: string) => `Bearer error="invalid_token", error_description="${why}"`;

describe.each(doorNames.map((name) => ({ name })))('$name', ({ name }) => {
  let door: Door;
  beforeAll(async () => {
    door = await openDoor(appWith({ jwks: () => issuer.jwks }), name);
  });
  afterAll(() => door.close());
  // A REST API renames this header.
  const CHALLENGE = name === ('rest' satisfies DoorName) ? 'x-amzn-remapped-www-authenticate' : 'www-authenticate';

  test('the claims of a valid token are in request.claims, and the reply is private', async () => {
    const response = await ask(door, `Bearer ${await issuer.sign({ role: 'admin' })}`);
    expect([response.status, response.json()]).toEqual([200, expect.objectContaining({ sub: '1', role: 'admin' })]);
    expect(response.headers).toMatchObject({ 'cache-control': 'private, no-cache', vary: 'Authorization' });
  });

  test('the scheme has no case', async () => {
    expect((await ask(door, `bEARER ${await issuer.sign()}`)).status).toBe(200);
  });

  test('claims are there once something needs the user', async () => {
    const token = await issuer.sign();
    expect((await ask(door, `Bearer ${token}`, '/claims')).json()).toEqual({ none: true });
    expect((await ask(door, `Bearer ${token}`, '/anyone')).json()).toEqual({ sub: '1' });
    expect((await ask(door, undefined, '/anyone')).json()).toEqual({ sub: 'nobody' });
    expect((await ask(door, 'Bearer x.y.z', '/anyone')).json()).toEqual({ sub: 'nobody' });
  });

  test('no token: a 401 that says what to send, and of no error', async () => {
    const response = await ask(door);
    expect([response.status, response.headers[CHALLENGE]]).toEqual([401, 'Bearer']);
    expect(response.headers).toMatchObject({ vary: 'Authorization' });
  });

  test('an invalid token: a 401 that says why', async () => {
    const response = await ask(door, `Bearer ${await issuer.sign({ aud: 'other' })}`);
    expect([response.status, response.headers[CHALLENGE]]).toEqual([401, REFUSED('The token is for another audience')]);
  });
});

/** Rules of tokens, which no door can change. */
describe('a token', () => {
  let door: Door;
  beforeEach(async () => {
    door = await openForTest(appWith({ jwks: issuer.jwks }), 'koa');
  });
  const seconds = () => Math.floor(Date.now() / 1000);
  const claims = () => ({ iss: issuer.issuer, aud: 'todos', sub: '1', exp: seconds() + 60 });
  const challengeOf = async (token: string) => {
    const { status, headers } = await ask(door, token);
    return [status, headers['www-authenticate']];
  };

  test.each<[rule: string, make: () => string | Promise<string>, why: string]>([
    ['that has expired', () => issuer.sign({ exp: seconds() - 10 }), 'The token has expired'],
    ['that is not valid yet', () => issuer.sign({ nbf: seconds() + 30 }), 'The token is not valid yet'],
    ['without a time of expiry', () => issuer.sign({ exp: undefined }), 'The token has no time of expiry'],
    ['for another audience', () => issuer.sign({ aud: ['a', 'b'] }), 'The token is for another audience'],
    ['without an audience', () => issuer.sign({ aud: undefined }), 'The token is for another audience'],
    ['by another issuer', () => issuer.sign({ iss: 'https://evil.example/' }), 'The token is by another issuer'],
    [
      'whose issuer lacks the slash',
      () => issuer.sign({ iss: 'https://issuer.example' }),
      'The token is by another issuer',
    ],
    ['without a signature: alg none', () => forge({ alg: 'none' }, claims()), 'The token is not valid'],
    ['of alg None', () => forge({ alg: 'None' }, claims()), 'The token is not valid'],
    ['of no alg', () => forge({}, claims()), 'The token is not valid'],
    ['whose signature was cut off', async () => (await issuer.sign()).replace(/[^.]*$/, ''), 'The token is not valid'],
    [
      'that the public key has signed as a secret',
      () => {
        const text = forge({ alg: 'HS256', kid: 'one' }, claims()).slice(0, -1);
        return `${text}.${createHmac('sha256', issuer.publicText()).update(text).digest('base64url')}`;
      },
      'The token is not valid',
    ],
    [
      'that brings its own key',
      () => forge({ alg: 'RS256', jwk: issuer.keySet.keys[0], jku: 'https://evil.example/' }, claims(), 'eA'),
      'The token is not valid',
    ],
    [
      'with an unknown critical header',
      () => forge({ alg: 'RS256', kid: 'one', crit: ['x'], x: 1 }, claims(), 'eA'),
      'The token is not valid',
    ],
    [
      'whose claims were changed',
      async () => {
        const [head, , signature] = (await issuer.sign()).split('.');
        return `${head}.${Buffer.from(JSON.stringify({ ...claims(), sub: '2' })).toString('base64url')}.${signature}`;
      },
      'The token is not valid',
    ],
    [
      'by a key that the issuer does not have',
      () => forge({ alg: 'RS256', kid: 'two' }, claims(), 'eA'),
      'The token is not valid',
    ],
    [
      'whose claims are not an object',
      () => `${Buffer.from('{"alg":"RS256"}').toString('base64url')}.W10.eA`,
      'The token is not valid',
    ],
    ['that is empty', () => '', 'The token is malformed'],
    ['of one part', () => 'abc', 'The token is malformed'],
    ['of five parts, which is encrypted', () => 'a.b.c.d.e', 'The token is malformed'],
    ['with a blank', () => 'a.b.c d', 'The token is malformed'],
    ['with quotes', () => '"a.b.c"', 'The token is malformed'],
    ['of two, joined', () => 'a.b.c,a.b.c', 'The token is malformed'],
  ])('%s is refused', async (_rule, make, why) => {
    expect(await challengeOf(`Bearer ${await make()}`)).toEqual([401, REFUSED(why)]);
    expect(logged).toEqual([]);
  });

  test.each(['', 'Bearers a.b.c', 'Basic YTpi', 'Negotiate x', 'a.b.c'])('%j is of another scheme', async (header) => {
    expect(await challengeOf(header)).toEqual([401, 'Bearer']);
  });

  test('may be a few seconds off', async () => {
    expect((await ask(door, `Bearer ${await issuer.sign({ exp: seconds() - 3, nbf: seconds() + 3 })}`)).status).toBe(
      200,
    );
  });

  test('without a subject, and of a user who is gone, is of nobody', async () => {
    expect(await challengeOf(`Bearer ${await issuer.sign({ sub: undefined })}`)).toEqual([401, 'Bearer']);
    expect(await challengeOf(`Bearer ${await issuer.sign({ sub: 'gone' })}`)).toEqual([401, 'Bearer']);
  });
});

describe('the keys of an issuer', () => {
  test('are fetched at the first token and kept; a new one is found, and an old one is gone', async () => {
    const before = issuer.fetches;
    const door = await openForTest(appWith({ jwks: issuer.jwks }), 'koa');
    expect(issuer.fetches).toBe(before);
    const old = await issuer.sign();
    for (let i = 0; i < 3; i++) expect((await ask(door, `Bearer ${old}`)).status).toBe(200);
    expect(issuer.fetches).toBe(before + 1);

    await issuer.addKey('two');
    issuer.removeKey('one');
    // Within half a minute it does not fetch again, so that made-up keys cannot make it.
    expect((await ask(door, `Bearer ${await issuer.sign({}, 'two')}`)).status).toBe(401);
    later(40);
    const long = { exp: Math.floor(Date.now() / 1000) + 60 };
    expect((await ask(door, `Bearer ${await issuer.sign(long, 'two')}`)).status).toBe(200);
    expect(issuer.fetches).toBe(before + 2);
    expect((await ask(door, `Bearer ${old}`)).status).toBe(401);
    issuer.removeKey('two');
    await issuer.addKey('one');
  });

  test('that cannot be fetched are a 503, which is logged, until they can', async () => {
    const door = await openForTest(appWith({ jwks: issuer.jwks }), 'koa');
    issuer.failure = 500;
    const token = `Bearer ${await issuer.sign()}`;
    const response = await ask(door, token);
    expect([response.status, response.json()]).toEqual([
      503,
      { type: 'about:blank', title: 'Service Unavailable', status: 503 },
    ]);
    expect(logged.map(({ message }) => message)).toEqual(["The keys of the tokens' issuer are not to be had"]);
    issuer.failure = undefined;
    expect((await ask(door, token)).status).toBe(200);
  });

  test('can be given as they are', async () => {
    const door = await openForTest(appWith({ jwks: issuer.keySet }), 'koa');
    expect((await ask(door, `Bearer ${await issuer.sign()}`)).status).toBe(200);
  });

  test('may be of other kinds; an algorithm that is not named is refused', async () => {
    await issuer.addKey('curve', 'ES256');
    const token = await issuer.sign({}, 'curve', 'ES256');
    const any = await openForTest(appWith({ jwks: issuer.jwks }), 'koa');
    expect((await ask(any, `Bearer ${token}`)).status).toBe(200);
    const fixed = await openForTest(appWith({ jwks: issuer.jwks, algorithms: ['RS256'] }), 'koa');
    expect((await ask(fixed, `Bearer ${token}`)).status).toBe(401);
    issuer.removeKey('curve');
  });

  test('an address that is missing is an error that names it, at the first token', async () => {
    const door = await openForTest(appWith({ jwks: () => undefined }), 'koa');
    expect((await ask(door)).status).toBe(401);
    expect((await ask(door, `Bearer ${await issuer.sign()}`)).status).toBe(500);
    expect(logged[0]!.message).toMatch(/^bearer\(\): the function of its jwks gives undefined/);
    const plain = await openForTest(appWith({ jwks: () => 'http://issuer.example/' }), 'koa');
    expect((await ask(plain, `Bearer ${await issuer.sign()}`)).status).toBe(500);
    expect(logged[1]!.message).toMatch(/is not an https address/);
  });
});

describe('a secret', () => {
  const claims = () => ({ iss: issuer.issuer, aud: 'todos', sub: '7', exp: Math.floor(Date.now() / 1000) + 60 });

  test('signs tokens; the previous one still counts while it is listed', async () => {
    const previous = 'another secret of 32 characters..';
    const door = await openForTest(appWith({ secret: () => [SECRET, previous] }), 'koa');
    for (const key of [SECRET, previous]) {
      expect((await ask(door, `Bearer ${await signWithSecret(claims(), key)}`)).status).toBe(200);
    }
    const { status, headers } = await ask(door, `Bearer ${await signWithSecret(claims(), SECRET.toUpperCase())}`);
    expect([status, headers['www-authenticate']]).toEqual([401, REFUSED('The token is not valid')]);
  });

  test('signs with HS256 alone, unless it says otherwise', async () => {
    const long = SECRET.repeat(2);
    const token = await signWithSecret(claims(), long, 'HS512');
    expect((await ask(await openForTest(appWith({ secret: long }), 'koa'), `Bearer ${token}`)).status).toBe(401);
    const door = await openForTest(appWith({ secret: long, algorithms: ['HS512'] }), 'koa');
    expect((await ask(door, `Bearer ${token}`)).status).toBe(200);
  });

  test('does not take a token of a public key, nor one without signature', async () => {
    const door = await openForTest(appWith({ secret: SECRET }), 'koa');
    expect((await ask(door, `Bearer ${await issuer.sign()}`)).status).toBe(401);
    expect((await ask(door, `Bearer ${forge({ alg: 'none' }, claims())}`)).status).toBe(401);
  });

  test('that is missing or short is an error, at the first token', async () => {
    const missing = await openForTest(appWith({ secret: () => undefined }), 'koa');
    expect((await ask(missing, `Bearer ${await issuer.sign()}`)).status).toBe(500);
    const short = await openForTest(appWith({ secret: () => 'short' }), 'koa');
    expect((await ask(short, `Bearer ${await issuer.sign()}`)).status).toBe(500);
    expect(logged.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^bearer\(\): its secret is missing/),
      expect.stringMatching(/^bearer\(\): secret is shorter than 32 bytes/),
    ]);
  });
});

test('an issuer without audience: false takes tokens without one', async () => {
  const door = await openForTest(appWith({ jwks: issuer.keySet, audience: false }), 'koa');
  expect((await ask(door, `Bearer ${await issuer.sign({ aud: undefined })}`)).status).toBe(200);
});

test('of several issuers the one counts that knows the token; other clients are known by their session', async () => {
  const other = new Issuer();
  await other.addKey('one');
  const options = { issuer: issuer.issuer, audience: 'todos' };
  const app = defineApp({
    controllers: [TokenController],
    use: [
      sessions({ secret: SECRET }),
      auth({
        loadUser: known,
        identify: [bearer({ ...options, jwks: issuer.keySet }), bearer({ ...options, jwks: other.keySet }), session],
        loginUrl: '/login',
      }),
    ],
  });
  const door = await openForTest(app, 'koa');
  for (const each of [issuer, other]) expect((await ask(door, `Bearer ${await each.sign()}`)).status).toBe(200);
  const { headers } = await door.request('/me', { headers: { accept: 'text/html' } });
  expect(headers).toMatchObject({ location: '/login?next=%2Fme', vary: 'Authorization, Cookie' });
  const api = await door.request('/me', { headers: { accept: 'application/json', authorization: 'Bearer a.b.c' } });
  expect(api.headers['www-authenticate']).toBe(
    [REFUSED('The token is not valid'), REFUSED('The token is not valid')].join(', '),
  );
});
