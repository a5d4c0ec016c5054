/** Rows of `cors()`; many of them are bugs that were reported of the same middleware elsewhere, and their rules. */

import {
  All,
  Controller,
  Delete,
  defineApp,
  Get,
  HttpReply,
  type HttpRequest,
  type Middleware,
  Options,
  Post,
  Query,
  UnauthorizedError,
  Use,
} from 'twodoors';
import { cors } from 'twodoors/middleware';
import { inject } from 'twodoors/testing';
import { runRows } from '../contract/run-rows.js';

const guard: Middleware = (request, next) => {
  if (request.header('authorization') === undefined) throw new UnauthorizedError('sign in');
  return next();
};

@Controller('/items')
class ItemController {
  @Get() list() {
    return new HttpReply('[]', { headers: { 'content-type': 'application/json', vary: 'Accept' } });
  }
  @Post() create(@Query('n') n: number) {
    return { n };
  }
  @Get('/varies') varies() {
    return new HttpReply('x', { headers: { vary: '*' } });
  }
  @Get('/fetched') fetched() {
    return new Response('x', {
      headers: { 'access-control-allow-origin': '*', 'access-control-allow-credentials': 'true' },
    });
  }
  @Get('/bug') bug() {
    throw new Error('secret');
  }
  @Get('/fails-at-once') async *failsAtOnce() {
    yield* [] as string[];
    throw new Error('at once');
  }
}

const HOME = 'https://app.example';
const from = (origin: string) => ({ headers: { origin } });
const preflight = (origin: string, method: string, headers: Record<string, string> = {}) => ({
  method: 'OPTIONS',
  headers: { origin, 'access-control-request-method': method, ...headers },
});
const opened = (origin: string) => ({ 'access-control-allow-origin': origin });
const closed = { 'access-control-allow-origin': undefined };
const PREFLIGHT_VARY = 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers';
const quiet = { log: () => {} };

describe('several origins', () => {
  const app = defineApp({
    ...quiet,
    controllers: [ItemController],
    use: [
      guardOf('/items/guarded'),
      cors({
        origin: [HOME, /^https:\/\/[a-z]+\.preview\.example$/, 'capacitor://localhost'],
        credentials: true,
        maxAge: 600,
        exposedHeaders: ['x-total', 'x-page'],
        privateNetwork: true,
      }),
    ],
  });
  runRows(app, [
    {
      rule: 'an origin of the list may read the reply',
      target: '/items',
      ...from(HOME),
      replyHeaders: {
        ...opened(HOME),
        'access-control-allow-credentials': 'true',
        'access-control-expose-headers': 'x-total, x-page',
        vary: 'Accept, Origin',
      },
    },
    {
      rule: 'an origin that an expression matches may read the reply',
      target: '/items',
      ...from('https://pr.preview.example'),
      replyHeaders: opened('https://pr.preview.example'),
    },
    {
      rule: 'an origin with the scheme of an app on a phone may read the reply',
      target: '/items',
      ...from('capacitor://localhost'),
      replyHeaders: opened('capacitor://localhost'),
    },
    ...[
      'https://app.example.evil.example',
      'http://app.example',
      'https://app.example:8443',
      'null',
      'https://APP.example',
    ].map((origin) => ({
      rule: `the origin ${origin} may not, and caches keep the reply apart all the same`,
      target: '/items',
      ...from(origin),
      replyHeaders: {
        ...closed,
        'access-control-allow-credentials': undefined,
        'access-control-expose-headers': undefined,
        vary: 'Accept, Origin',
      },
    })),
    {
      rule: 'a request without an origin has Vary, so that no cache gives its reply to a page',
      target: '/items',
      replyHeaders: { ...closed, vary: 'Accept, Origin' },
    },
    {
      rule: 'Vary: * is not added to',
      target: '/items/varies',
      ...from(HOME),
      replyHeaders: { ...opened(HOME), vary: '*' },
    },
    {
      rule: 'what a fetched reply allows everybody does not count',
      target: '/items/fetched',
      ...from('https://evil.example'),
      replyHeaders: { ...closed, 'access-control-allow-credentials': undefined },
    },
    { rule: 'a 404 can be read', target: '/nowhere', ...from(HOME), status: 404, replyHeaders: opened(HOME) },
    {
      rule: 'a 405 can be read',
      target: '/items',
      ...from(HOME),
      method: 'DELETE',
      status: 405,
      replyHeaders: opened(HOME),
    },
    {
      rule: 'the 400 of a value that cannot be bound can be read',
      target: '/items?n=x',
      ...from(HOME),
      method: 'POST',
      status: 400,
      replyHeaders: opened(HOME),
    },
    {
      rule: 'the 500 of a bug can be read',
      target: '/items/bug',
      ...from(HOME),
      status: 500,
      replyHeaders: opened(HOME),
    },
    {
      rule: 'the 500 of a stream that fails at once can be read',
      target: '/items/fails-at-once',
      ...from(HOME),
      status: 500,
      replyHeaders: opened(HOME),
    },
    {
      rule: 'the 400 of a malformed target can be read',
      target: '/items/%zz',
      ...from(HOME),
      status: 400,
      replyHeaders: opened(HOME),
      lostIn: ['http'],
    },
    {
      rule: 'the refusal of a guard before cors() can be read',
      target: '/items/guarded',
      ...from(HOME),
      status: 401,
      replyHeaders: opened(HOME),
    },
    {
      rule: 'a preflight has all that was asked for, and no body',
      target: '/items',
      ...preflight(HOME, 'POST', { 'access-control-request-headers': 'content-type,x-token' }),
      status: 204,
      reply: '',
      replyHeaders: {
        ...opened(HOME),
        'access-control-allow-credentials': 'true',
        'access-control-allow-methods': 'POST',
        'access-control-allow-headers': 'content-type,x-token',
        'access-control-max-age': '600',
        'access-control-expose-headers': undefined,
        'access-control-allow-private-network': undefined,
        vary: `${PREFLIGHT_VARY}, Access-Control-Request-Private-Network`,
      },
    },
    {
      rule: 'a preflight of a private network is answered',
      target: '/items',
      ...preflight(HOME, 'POST', { 'access-control-request-private-network': 'true' }),
      status: 204,
      replyHeaders: { 'access-control-allow-private-network': 'true', 'access-control-allow-headers': undefined },
    },
    {
      rule: 'a preflight of a path that a guard before cors() keeps is answered: it has no credentials yet',
      target: '/items/guarded',
      ...preflight(HOME, 'GET', { 'access-control-request-headers': 'authorization' }),
      status: 204,
      replyHeaders: { ...opened(HOME), 'access-control-allow-headers': 'authorization' },
    },
    {
      rule: 'a preflight of an unknown path is answered, so that the page sees the 404',
      target: '/nowhere',
      ...preflight(HOME, 'PUT'),
      status: 204,
      replyHeaders: { ...opened(HOME), 'access-control-allow-methods': 'PUT' },
    },
    {
      rule: 'a preflight of another origin is answered without permission',
      target: '/items',
      ...preflight('https://evil.example', 'POST', { 'access-control-request-headers': 'x-token' }),
      status: 204,
      replyHeaders: {
        ...closed,
        'access-control-allow-methods': undefined,
        'access-control-allow-headers': undefined,
        'access-control-allow-credentials': undefined,
        'access-control-max-age': undefined,
      },
    },
    {
      rule: 'names of headers that are no tokens are not repeated',
      target: '/items',
      ...preflight(HOME, 'POST', { 'access-control-request-headers': 'x token' }),
      status: 204,
      replyHeaders: { 'access-control-allow-headers': undefined },
    },
    {
      rule: 'OPTIONS without an origin is no preflight',
      target: '/items',
      method: 'OPTIONS',
      headers: { 'access-control-request-method': 'POST' },
      status: 204,
      replyHeaders: { allow: 'GET, HEAD, POST, OPTIONS', 'access-control-allow-methods': undefined },
    },
    {
      rule: 'OPTIONS that asks for no method is no preflight',
      target: '/items',
      method: 'OPTIONS',
      ...from(HOME),
      status: 204,
      replyHeaders: { allow: 'GET, HEAD, POST, OPTIONS', ...opened(HOME) },
    },
  ]);
});

/** A guard in front of one path. */
function guardOf(path: string): Middleware {
  return (request, next) => (request.path === path ? guard(request, next) : next());
}

describe('everybody', () =>
  runRows(defineApp({ ...quiet, controllers: [ItemController], use: [cors({ origin: '*' })] }), [
    {
      rule: 'the header is on every reply, and no cache needs Vary',
      target: '/items',
      replyHeaders: { ...opened('*'), vary: 'Accept', 'access-control-allow-credentials': undefined },
    },
    { rule: 'a sandboxed page may read, too', target: '/items', ...from('null'), replyHeaders: opened('*') },
  ]));

describe('one origin', () =>
  runRows(defineApp({ ...quiet, controllers: [ItemController], use: [cors({ origin: HOME, credentials: true })] }), [
    {
      rule: 'is on every reply, and no cache needs Vary: the browser compares',
      target: '/items',
      ...from('https://evil.example'),
      replyHeaders: { ...opened(HOME), vary: 'Accept', 'access-control-allow-credentials': 'true' },
    },
  ]));

/** Knows which origins may read. */
async function judge(origin: string, request: HttpRequest): Promise<boolean> {
  if (origin === 'https://broken.example') throw new Error('no database');
  if (origin === 'https://truthy.example') return 'yes' as unknown as boolean;
  return origin === HOME && request.path.startsWith('/items');
}

/** How often the function of the origins was asked. */
let asked = 0;

describe('a function', () => {
  const app = defineApp({
    ...quiet,
    timeout: 5000,
    controllers: [ItemController],
    use: [
      guardOf('/items/guarded'),
      cors({
        origin: (origin, request) => {
          asked++;
          if (origin === 'https://bug.example') throw new Error('a bug');
          return judge(origin, request);
        },
      }),
    ],
  });
  runRows(app, [
    { rule: 'decides by origin', target: '/items', ...from(HOME), replyHeaders: opened(HOME) },
    { rule: 'decides by request', target: '/else', ...from(HOME), status: 404, replyHeaders: closed },
    { rule: 'only true opens a reply', target: '/items', ...from('https://truthy.example'), replyHeaders: closed },
    {
      rule: 'that fails is a 500 that cannot be read',
      target: '/items',
      ...from('https://broken.example'),
      status: 500,
      replyHeaders: { ...closed, vary: 'Origin' },
    },
    {
      rule: 'that throws at once is a 500 that cannot be read',
      target: '/items',
      ...from('https://bug.example'),
      status: 500,
      replyHeaders: { ...closed, vary: 'Origin' },
    },
    {
      rule: 'that throws for a preflight is a 500',
      target: '/items',
      ...preflight('https://bug.example', 'POST'),
      status: 500,
      replyHeaders: closed,
    },
    {
      rule: 'that fails after a guard has refused is a 500, too',
      target: '/items/guarded',
      ...from('https://broken.example'),
      status: 500,
      replyHeaders: closed,
    },
    {
      rule: 'is asked where a guard before cors() has refused',
      target: '/items/guarded',
      ...from(HOME),
      status: 401,
      replyHeaders: opened(HOME),
    },
  ]);

  test.each([HOME, 'https://bug.example'])('is called once for a request of %s', async (origin) => {
    asked = 0;
    await inject(app, '/items', from(origin));
    expect(asked).toBe(1);
  });

  test('that never answers does not hold back the 504', async () => {
    const hanging = defineApp({
      ...quiet,
      timeout: 20,
      controllers: [ItemController],
      use: [cors({ origin: () => new Promise<boolean>(() => {}) })],
    });
    const response = await inject(hanging, '/items', from(HOME));
    expect([response.status, response.headers['access-control-allow-origin']]).toEqual([504, undefined]);
  });
});

describe('options', () =>
  runRows(
    defineApp({
      ...quiet,
      controllers: [ItemController],
      use: [
        cors({
          origin: [HOME, 'https://b.example'],
          methods: ['get', 'POST'],
          allowedHeaders: ['x-token', 'Authorization'],
          maxAge: 0,
        }),
      ],
    }),
    [
      {
        rule: 'methods and headers that are listed are allowed',
        target: '/items',
        ...preflight(HOME, 'POST', { 'access-control-request-headers': 'x-other' }),
        status: 204,
        replyHeaders: {
          'access-control-allow-methods': 'POST',
          'access-control-allow-headers': 'x-token, Authorization',
          'access-control-max-age': '0',
        },
      },
      {
        rule: 'a method that is not listed is not',
        target: '/items',
        ...preflight(HOME, 'DELETE'),
        status: 204,
        replyHeaders: { 'access-control-allow-methods': undefined, ...opened(HOME) },
      },
    ],
  ));

@Controller('/mixed')
@Use(guard)
@Use(cors({ origin: ['https://class.example', 'https://other.example'] }))
class MixedController {
  @Get() show() {
    return 'class';
  }
  @Post() @Use(cors({ origin: ['https://method.example', 'https://other.example'], credentials: true })) create() {
    return 'method';
  }
  @Delete() @Use(cors({ origin: [] })) remove() {
    return 'nobody';
  }
  @All('/all') all() {
    return 'all';
  }
}

@Controller('/plain')
class PlainController {
  @Get() @Use(cors({ origin: '*' })) show() {
    return 'opened';
  }
  @Post() create() {
    return 'closed';
  }
  @Get('/own') @Use(cors({ origin: '*' })) own() {
    return 'own';
  }
  @Options('/own') options() {
    return new HttpReply(undefined, { headers: { 'x-own': 'yes' } });
  }
}

const signedIn = { authorization: 'x' };

describe('on a class and on methods', () =>
  runRows(defineApp({ ...quiet, controllers: [MixedController, PlainController] }), [
    {
      rule: 'the one of the class is for its methods',
      target: '/mixed',
      headers: { origin: 'https://class.example', ...signedIn },
      reply: 'class',
      replyHeaders: opened('https://class.example'),
    },
    {
      rule: 'that of a method counts alone',
      target: '/mixed',
      method: 'POST',
      headers: { origin: 'https://class.example', ...signedIn },
      replyHeaders: { ...closed, 'access-control-allow-credentials': undefined },
    },
    {
      rule: 'the refusal of a guard around it can be read',
      target: '/mixed',
      method: 'POST',
      headers: { origin: 'https://method.example' },
      status: 401,
      replyHeaders: { ...opened('https://method.example'), 'access-control-allow-credentials': 'true' },
    },
    {
      rule: 'a preflight is answered by the policy of the method that it asks for, past the guard',
      target: '/mixed',
      ...preflight('https://method.example', 'POST'),
      status: 204,
      replyHeaders: { ...opened('https://method.example'), 'access-control-allow-methods': 'POST', allow: undefined },
    },
    {
      rule: 'a preflight names the method that it asks for alone: others have policies of their own',
      target: '/mixed',
      ...preflight('https://other.example', 'GET'),
      status: 204,
      replyHeaders: { ...opened('https://other.example'), 'access-control-allow-methods': 'GET' },
    },
    {
      rule: 'a method can be closed for everybody',
      target: '/mixed',
      ...preflight('https://other.example', 'DELETE'),
      status: 204,
      replyHeaders: closed,
    },
    {
      rule: 'a preflight of @All is answered past the guard',
      target: '/mixed/all',
      ...preflight('https://class.example', 'PATCH'),
      status: 204,
      replyHeaders: { ...opened('https://class.example'), 'access-control-allow-methods': 'PATCH' },
    },
    {
      rule: 'a preflight of a method without cors() is an ordinary OPTIONS',
      target: '/plain',
      ...preflight(HOME, 'POST'),
      status: 204,
      replyHeaders: { ...closed, allow: 'GET, HEAD, POST, OPTIONS', vary: undefined },
    },
    {
      rule: 'a preflight of a method that the path does not have is an ordinary OPTIONS',
      target: '/plain',
      ...preflight(HOME, 'PUT'),
      status: 204,
      replyHeaders: { ...closed, allow: 'GET, HEAD, POST, OPTIONS' },
    },
    {
      rule: 'a preflight is answered for a path with an @Options of its own',
      target: '/plain/own',
      ...preflight(HOME, 'GET'),
      status: 204,
      replyHeaders: { ...opened('*'), 'x-own': undefined },
    },
    {
      rule: 'any other OPTIONS is for that @Options',
      target: '/plain/own',
      method: 'OPTIONS',
      status: 204,
      replyHeaders: { 'x-own': 'yes', ...closed },
    },
    { rule: 'HEAD has the headers of GET', target: '/plain', method: 'HEAD', reply: '', replyHeaders: opened('*') },
  ]));

describe('on the app and on methods', () =>
  runRows(
    defineApp({
      ...quiet,
      controllers: [MixedController, PlainController],
      use: [cors({ origin: [HOME, 'https://c.example'] })],
    }),
    [
      {
        rule: 'the one of the class replaces that of the app',
        target: '/mixed',
        headers: { origin: HOME, ...signedIn },
        replyHeaders: closed,
      },
      {
        rule: 'a preflight, too, is answered by the class',
        target: '/mixed',
        ...preflight('https://class.example', 'GET'),
        status: 204,
        replyHeaders: opened('https://class.example'),
      },
      {
        rule: 'others have that of the app',
        target: '/plain',
        ...from(HOME),
        method: 'POST',
        replyHeaders: opened(HOME),
      },
    ],
  ));

@Controller('/forms')
class FormController {
  @Post() app() {
    return 'sent';
  }
  @Post('/own') @Use(cors({ origin: /^https:\/\/[a-z]+\.method\.example$/ })) own() {
    return 'sent';
  }
  @Post('/open') @Use(cors({ origin: '*' })) open() {
    return 'sent';
  }
}

/** A form, as the page of an origin sends it. */
const form = (origin: string) => ({
  method: 'POST',
  form: { a: 'b' },
  headers: { origin, 'sec-fetch-site': 'cross-site' },
});

describe('forms of other sites', () =>
  runRows(
    defineApp({ ...quiet, controllers: [FormController], use: [cors({ origin: [HOME, 'https://b.example'] })] }),
    [
      { rule: 'come from the origins that the app names', target: '/forms', ...form(HOME), reply: 'sent' },
      {
        rule: 'come from no other, which cannot read the refusal',
        target: '/forms',
        ...form('https://evil.example'),
        status: 403,
        replyHeaders: closed,
      },
      {
        rule: 'come from what a method names',
        target: '/forms/own',
        ...form('https://a.method.example'),
        reply: 'sent',
      },
      {
        rule: 'come from what a method names to that method alone',
        target: '/forms',
        ...form('https://a.method.example'),
        status: 403,
      },
      {
        rule: 'do not come from everybody where everybody may read, the refusal included',
        target: '/forms/open',
        ...form('https://evil.example'),
        status: 403,
        replyHeaders: opened('*'),
      },
    ],
  ));

describe('forms where a function knows the origins', () =>
  runRows(
    defineApp({ ...quiet, controllers: [FormController], use: [cors({ origin: async (origin) => origin === HOME })] }),
    [
      { rule: 'come from those', target: '/forms', ...form(HOME), reply: 'sent' },
      { rule: 'come from no other', target: '/forms', ...form('https://evil.example'), status: 403 },
    ],
  ));
