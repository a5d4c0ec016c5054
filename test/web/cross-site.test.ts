import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import Koa from 'koa';
import {
  All,
  type AppOptions,
  Body,
  Controller,
  CsrfExempt,
  defineApp,
  Get,
  type Middleware,
  NotFoundError,
  Param,
  Patch,
  Post,
  Put,
  type StartupError,
  Use,
} from 'twodoors';
import { toRouter } from 'twodoors/koa';
import { createHandler } from 'twodoors/lambda';
import { inject } from 'twodoors/testing';
import { describeMistake } from '../../src/runtime/declarations/mistakes.js';
import { trustOrigins } from '../../src/runtime/http/origin/trusted-origins.js';
import { type Row, runRows } from '../contract/run-rows.js';

const HOME = 'https://shop.example';
const EVIL = 'https://evil.example';

/** Writes its name on every reply that it sees. */
const mark =
  (name: string): Middleware =>
  async (_request, next) => {
    const reply = await next();
    reply.headers['x-seen-by'] = `${name} ${reply.headers['x-seen-by'] ?? ''}`.trim();
    return reply;
  };

const partnerOf = (origin: string) => trustOrigins((_request, next) => next(), [origin]);

@Controller('/forms')
class FormController {
  @Get() show() {
    return 'shown';
  }
  @Post() take() {
    return 'taken';
  }
  @Put() replace() {
    return 'replaced';
  }
  @Patch() change() {
    return 'changed';
  }
  @Post('/typed/:id') typed(@Param('id') id: number, @Body(Object) body: object) {
    return { id, body };
  }
  @All('/all') all() {
    return 'all';
  }
  @Post('/wrapped') @Use(mark('method')) wrapped() {
    return 'wrapped';
  }
  @Post('/exempt') @CsrfExempt() exempt() {
    return 'exempt';
  }
  @Post('/partner') @Use(partnerOf('https://route.example')) partner() {
    return 'partner';
  }
}

class HookBase {
  @Post('/based') based() {
    return 'based';
  }
}

@Controller('/hooks')
@CsrfExempt()
class HookController extends HookBase {
  @Post('/own') own() {
    return 'own';
  }
}

const judged = trustOrigins(
  (_request, next) => next(),
  async (origin, request) => {
    if (origin === 'https://broken.example') throw new NotFoundError('The judge is broken');
    return origin === 'https://judged.example' && request.path === '/forms';
  },
);

const app = defineApp({
  controllers: [FormController, HookController],
  use: [mark('app'), partnerOf('https://partner.example'), judged],
  csrf: { trustedOrigins: ['https://pay.example', 'capacitor://localhost'] },
  log: () => {},
});

const FORM = 'application/x-www-form-urlencoded';
const SITE = 'sec-fetch-site';

/** A POST as a browser sends it for a form. */
const post = (headers: Record<string, string>, target = '/forms'): Omit<Row, 'rule'> => ({
  target,
  method: 'POST',
  body: 'a=1',
  headers: { host: 'shop.example', 'content-type': FORM, ...headers },
});

const passes = { status: 200 };
const refused = { status: 403, includes: { status: 403, title: 'Forbidden' } };

describe('who sent the form', () => {
  runRows(app, [
    { rule: 'neither header: not a browser', ...post({}), ...passes },
    { rule: 'the same origin', ...post({ [SITE]: 'same-origin' }), ...passes },
    { rule: 'the user: an address bar or a bookmark', ...post({ [SITE]: 'none' }), ...passes },
    { rule: 'another site', ...post({ [SITE]: 'cross-site' }), ...refused },
    { rule: 'another host of the same site', ...post({ [SITE]: 'same-site' }), ...refused },
    { rule: 'a value that no browser sends', ...post({ [SITE]: 'own' }), ...refused },
    { rule: 'a value in another case', ...post({ [SITE]: 'Same-Origin' }), ...refused },
    { rule: 'two values', ...post({ [SITE]: 'same-origin, cross-site' }), ...refused },
    {
      rule: 'the same header twice',
      ...post({}),
      headers: [
        ['host', 'shop.example'],
        ['content-type', FORM],
        [SITE, 'same-origin'],
        [SITE, 'cross-site'],
      ],
      ...refused,
    },
    { rule: 'Sec-Fetch-Site counts before Origin', ...post({ [SITE]: 'cross-site', origin: HOME }), ...refused },
    {
      rule: 'also where a page without a referrer hides its origin',
      ...post({ [SITE]: 'same-origin', origin: 'null' }),
      ...passes,
    },
    {
      rule: 'and where a proxy has changed the host',
      ...post({ [SITE]: 'same-origin', origin: HOME, host: 'upstream:3000' }),
      ...passes,
    },
    { rule: 'an empty Sec-Fetch-Site says nothing', ...post({ [SITE]: '', origin: HOME }), ...passes },
    { rule: 'an empty Sec-Fetch-Site excuses nothing', ...post({ [SITE]: '', origin: EVIL }), ...refused },
    { rule: 'without Sec-Fetch-Site, the own origin', ...post({ origin: HOME }), ...passes },
    {
      rule: 'the own origin, at a host in upper case with its default port',
      ...post({ origin: HOME, host: 'SHOP.example:443' }),
      ...passes,
    },
    {
      rule: 'the own origin at another port',
      ...post({ origin: `${HOME}:8443`, host: 'shop.example:8443' }),
      ...passes,
    },
    { rule: 'another origin', ...post({ origin: EVIL }), ...refused },
    { rule: 'another scheme', ...post({ origin: 'http://shop.example' }), ...refused },
    { rule: 'another port', ...post({ origin: `${HOME}:8443` }), ...refused },
    { rule: 'a subdomain', ...post({ origin: 'https://x.shop.example' }), ...refused },
    { rule: 'a host that begins like the own one', ...post({ origin: `${HOME}.evil.example` }), ...refused },
    { rule: 'a host that ends like the own one', ...post({ origin: 'https://notshop.example' }), ...refused },
    { rule: 'the own host as a user name', ...post({ origin: `${HOME}@evil.example` }), ...refused },
    { rule: 'the own origin with a path', ...post({ origin: `${HOME}/` }), ...refused },
    { rule: 'the own origin in upper case', ...post({ origin: 'https://SHOP.example' }), ...refused },
    { rule: 'two origins', ...post({ origin: `${HOME}, ${EVIL}` }), ...refused },
    { rule: 'two origins, apart by a space', ...post({ origin: `${HOME} ${EVIL}` }), ...refused },
    { rule: 'Origin: null is a sandboxed frame as well', ...post({ origin: 'null' }), ...refused },
    { rule: 'a Host that is not one', ...post({ origin: EVIL, host: 'shop.example, evil.example' }), ...refused },
    { rule: 'a referrer counts for nothing', ...post({ origin: EVIL, referer: `${HOME}/forms` }), ...refused },
    {
      rule: 'forwarding headers that nobody trusts count for nothing',
      ...post({ origin: EVIL, 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' }),
      ...refused,
    },
    {
      rule: 'the refusal says what was compared',
      ...post({ origin: EVIL }),
      status: 403,
      includes: { detail: 'The form was sent by a page of https://evil.example, and this is https://shop.example' },
    },
    {
      rule: 'or what the browser has said',
      ...post({ [SITE]: 'cross-site', origin: EVIL }),
      status: 403,
      includes: { detail: 'The form was sent by a page of another site (Sec-Fetch-Site: cross-site)' },
    },
    {
      rule: 'and names a subdomain as another origin, not as another site',
      ...post({ [SITE]: 'same-site', origin: 'https://x.shop.example' }),
      status: 403,
      includes: { detail: 'The form was sent by a page of another origin (Sec-Fetch-Site: same-site)' },
    },
    {
      rule: 'and that a page hides its origin',
      ...post({ origin: 'null' }),
      status: 403,
      includes: {
        detail: 'The form was sent by a page that hides its origin (Origin: null), and this is https://shop.example',
      },
    },
    {
      rule: 'and stays small, whatever was sent',
      ...post({ origin: `https://${'x'.repeat(2000)}` }),
      status: 403,
      includes: {
        detail: `The form was sent by a page of https://${'x'.repeat(92)}…, and this is https://shop.example`,
      },
    },
  ]);
});

describe('what a page may send without asking', () => {
  const by = (method: string, type?: string, target = '/forms'): Omit<Row, 'rule'> => ({
    target,
    method,
    headers: { host: 'shop.example', [SITE]: 'cross-site', ...(type === undefined ? {} : { 'content-type': type }) },
    ...(type === undefined ? {} : { body: 'a' }),
  });
  runRows(app, [
    { rule: 'a form', ...by('POST', FORM), ...refused },
    { rule: 'a form with files', ...by('POST', 'multipart/form-data; boundary=x'), ...refused },
    { rule: 'text', ...by('POST', 'text/plain'), ...refused },
    { rule: 'no type and no body', ...by('POST'), ...refused },
    { rule: 'a body without a type', ...by('POST'), body: 'a', ...refused },
    { rule: 'a type in upper case', ...by('POST', 'TEXT/PLAIN'), ...refused },
    { rule: 'a type with parameters', ...by('POST', `${FORM};charset=utf-8`), ...refused },
    { rule: 'a type with spaces before its parameters', ...by('POST', 'Text/Plain ; charset="utf-8"'), ...refused },
    { rule: 'a type that hides another in a parameter', ...by('POST', 'text/plain; a=application/json'), ...refused },
    { rule: 'a type with an empty parameter', ...by('POST', 'multipart/form-data;'), ...refused },
    { rule: 'a type with no boundary', ...by('POST', 'multipart/form-data'), ...refused },
    { rule: 'what is not a type', ...by('POST', 'json'), ...refused },
    { rule: 'an empty type', ...by('POST', ''), ...refused },
    { rule: 'two types in one field', ...by('POST', 'text/plain, application/json'), ...refused },
    {
      rule: 'two types in two fields',
      ...by('POST'),
      body: 'a',
      headers: [
        ['host', 'shop.example'],
        [SITE, 'cross-site'],
        ['content-type', 'text/plain'],
        ['content-type', 'application/json'],
      ],
      // A balancer in front of one value keeps the last one, which a page may not send.
      lostIn: ['alb'],
      ...refused,
    },
    { rule: 'a type that is longer than a form’s', ...by('POST', 'text/plain-x'), ...passes },
    { rule: 'JSON needs a preflight', ...by('POST', 'application/json'), ...passes },
    { rule: 'JSON with a charset as well', ...by('POST', 'application/json; charset=utf-8'), ...passes },
    { rule: 'XML as well', ...by('POST', 'text/xml'), ...passes },
    { rule: 'PUT as well', ...by('PUT', FORM), ...passes },
    { rule: 'PATCH as well', ...by('PATCH', 'text/plain'), ...passes },
    { rule: 'GET changes nothing', ...by('GET'), ...passes },
    { rule: 'HEAD neither', ...by('HEAD'), ...passes },
    { rule: 'a POST to an @All route', ...by('POST', FORM, '/forms/all'), ...refused },
    { rule: 'another method of an @All route', ...by('DELETE', undefined, '/forms/all'), ...passes },
    { rule: 'a bearer token needs a preflight', ...by('POST', FORM), ...bearer('Bearer abc'), ...passes },
    { rule: 'in any case', ...by('POST', FORM), ...bearer('bearer abc'), ...passes },
    { rule: 'Basic is sent by browsers themselves', ...by('POST', FORM), ...bearer('Basic YTpi'), ...refused },
    { rule: 'a scheme that begins like Bearer', ...by('POST', FORM), ...bearer('BearerX abc'), ...refused },
  ]);

  function bearer(authorization: string) {
    return { headers: { host: 'shop.example', [SITE]: 'cross-site', 'content-type': FORM, authorization } };
  }
});

describe('who is trusted', () => {
  const from = (origin: string, target?: string) => post({ [SITE]: 'cross-site', origin }, target);
  runRows(app, [
    { rule: 'an origin in trustedOrigins', ...from('https://pay.example'), ...passes },
    { rule: 'without Sec-Fetch-Site, too', ...post({ origin: 'https://pay.example' }), ...passes },
    { rule: 'the origin of an app on a phone', ...from('capacitor://localhost'), ...passes },
    { rule: 'the same host by http', ...from('http://pay.example'), ...refused },
    { rule: 'a subdomain of it', ...from('https://x.pay.example'), ...refused },
    { rule: 'an origin that middleware of the app names', ...from('https://partner.example'), ...passes },
    { rule: 'an origin that middleware of another method names', ...from('https://route.example'), ...refused },
    {
      rule: 'an origin that middleware of the method names',
      ...from('https://route.example', '/forms/partner'),
      ...passes,
    },
    { rule: 'an origin that a function of the middleware knows', ...from('https://judged.example'), ...passes },
    { rule: 'which may look at the request', ...from('https://judged.example', '/forms/wrapped'), ...refused },
    {
      rule: 'and whose error is the answer',
      ...from('https://broken.example'),
      status: 404,
      includes: { detail: 'The judge is broken' },
    },
    { rule: 'an exempt method', ...from(EVIL, '/forms/exempt'), ...passes },
    { rule: 'an exempt class', ...from(EVIL, '/hooks/own'), ...passes },
    { rule: 'and what it inherits', ...from(EVIL, '/hooks/based'), ...passes },
  ]);

  test('Origin: null is never trusted', async () => {
    const careless = defineApp({
      controllers: [FormController],
      use: [
        trustOrigins((_request, next) => next(), ['null']),
        trustOrigins(
          (_request, next) => next(),
          () => true,
        ),
      ],
    });
    expect((await inject(careless, '/forms', post({ origin: 'null' }))).status).toBe(403);
    expect((await inject(careless, '/forms', post({ [SITE]: 'cross-site' }))).status).toBe(403);
    expect((await inject(careless, '/forms', post({ origin: EVIL }))).status).toBe(200);
  });
});

describe('when it is refused', () => {
  const bad = { [SITE]: 'cross-site' };
  runRows(app, [
    { rule: 'a 404 comes first', ...post(bad, '/nowhere'), status: 404 },
    { rule: 'a 405 comes first', ...post(bad, '/forms'), method: 'DELETE', status: 405 },
    { rule: 'before a 404 of a path value', ...post(bad, '/forms/typed/x'), ...refused },
    { rule: 'before a 415', ...post({ ...bad, 'content-type': 'text/plain' }, '/forms/typed/1'), ...refused },
    {
      rule: 'before a 400 of the body',
      ...post({ ...bad, 'content-type': 'multipart/form-data; boundary=x' }, '/forms/typed/1'),
      ...refused,
    },
    {
      rule: 'before middleware of class and method, inside that of the app',
      ...post(bad, '/forms/wrapped'),
      ...refused,
      replyHeaders: { 'x-seen-by': 'app' },
    },
    {
      rule: 'which sees the others',
      ...post({}, '/forms/wrapped'),
      replyHeaders: { 'x-seen-by': 'app method' },
    },
    {
      rule: 'a browser gets a page',
      ...post({ ...bad, accept: 'text/html' }),
      status: 403,
      replyHeaders: { 'content-type': 'text/html; charset=utf-8' },
    },
  ]);
});

test('csrf: false lets everybody', async () => {
  const open = defineApp({ controllers: [FormController], csrf: false });
  expect((await inject(open, '/forms', post({ [SITE]: 'cross-site', origin: EVIL }))).status).toBe(200);
});

test('it is on in an app that says nothing', async () => {
  const plain = defineApp({ controllers: [FormController], csrf: undefined });
  expect((await inject(plain, '/forms', post({ [SITE]: 'cross-site' }))).status).toBe(403);
});

describe('behind a proxy', () => {
  const behind = (options: Partial<AppOptions>, headers: Record<string, string>) =>
    inject(defineApp({ controllers: [FormController], ...options }), '/forms', post(headers));

  test.each<[rule: string, options: Partial<AppOptions>, headers: Record<string, string>, status: number]>([
    ['that changes the host', {}, { origin: HOME, host: 'upstream:3000' }, 403],
    ['with publicOrigin', { publicOrigin: HOME }, { origin: HOME, host: 'upstream:3000' }, 200],
    ['with publicOrigin, another site', { publicOrigin: HOME }, { origin: EVIL, host: 'evil.example' }, 403],
    [
      'with publicOrigin, the host of the proxy',
      { publicOrigin: HOME },
      { origin: 'https://upstream', host: 'upstream' },
      403,
    ],
    [
      'that is trusted, and forwards the host',
      { trustProxy: 1 },
      { origin: HOME, host: 'upstream:3000', 'x-forwarded-host': 'shop.example', 'x-forwarded-proto': 'https' },
      200,
    ],
    [
      'that is trusted, and forwards what a client has forged',
      { trustProxy: 1 },
      { origin: EVIL, host: 'u', 'x-forwarded-host': 'evil.example, shop.example', 'x-forwarded-proto': 'https' },
      403,
    ],
    ['that is trusted, and was reached by http', { trustProxy: 1 }, { origin: HOME, 'x-forwarded-proto': 'http' }, 403],
    [
      'on a network without https',
      { trustProxy: 1 },
      { origin: 'http://192.168.0.7:8080', host: '192.168.0.7:8080', 'x-forwarded-proto': 'http' },
      200,
    ],
  ])('%s', async (_rule, options, headers, status) => {
    expect((await behind(options, headers)).status).toBe(status);
  });
});

test('toRouter refuses as well, and only what the app has', async () => {
  const koa = new Koa();
  koa.use(toRouter(defineApp({ controllers: [FormController] })).routes() as unknown as Koa.Middleware);
  koa.use((context) => {
    context.body = 'next';
  });
  const server = createServer(koa.callback()).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const send = async (path: string) => {
    const headers = { 'content-type': FORM, 'sec-fetch-site': 'cross-site' };
    const { request } = await import('node:http');
    return new Promise<[number | undefined, string]>((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port, path, method: 'POST', headers }, (response) =>
        text(response).then((body) => resolve([response.statusCode, body]), reject),
      );
      sent.once('error', reject).end('a=1');
    });
  };
  try {
    expect(await send('/forms')).toEqual([403, expect.stringContaining('another site')]);
    expect(await send('/other')).toEqual([200, 'next']);
  } finally {
    server.close();
    server.closeAllConnections();
  }
});

describe('at startup', () => {
  const mistakesOf = (options: object) => {
    try {
      createHandler(defineApp({ controllers: [FormController], ...options }));
    } catch (error) {
      return (error as StartupError).mistakes.map(describeMistake);
    }
    return [];
  };

  test.each([
    ['*'],
    ['null'],
    [''],
    ['pay.example'],
    ['https://pay.example/'],
    ['https://*.pay.example'],
    ['https://Pay.example'],
    ['https://pay.example:443'],
    ['file://'],
    ['Capacitor://localhost'],
    ['javascript:alert(1)'],
    [7],
    [undefined],
  ])('trustedOrigins: [%j] is a mistake', (origin) => {
    expect(mistakesOf({ csrf: { trustedOrigins: ['https://pay.example', origin] } })).toEqual([
      expect.stringMatching(/^defineApp, csrf: .* in trustedOrigins is not an origin\. Write scheme and host alone/),
    ]);
  });

  test.each([[true], ['same-origin'], [{ trustedOrigins: 'https://pay.example' }], [null]])(
    'csrf: %j is a mistake',
    (csrf) => {
      expect(mistakesOf({ csrf })).toEqual([
        "defineApp, csrf: it is neither false nor { trustedOrigins: ['https://example.com'] }. Write one of them.",
      ]);
    },
  );

  test.each([
    [false],
    [{}],
    [{ trustedOrigins: [] }],
    [{ trustedOrigins: ['http://localhost:3000', 'tauri://localhost'] }],
  ])('csrf: %j is not', (csrf) => {
    expect(mistakesOf({ csrf })).toEqual([]);
  });

  test('@CsrfExempt on a method that takes no POST is a mistake', () => {
    @Controller('/x')
    class GetController {
      @Get() @CsrfExempt() show() {}
      @Get('/both') @Post('/both') @CsrfExempt() both() {}
      @All('/all') @CsrfExempt() all() {}
    }
    expect(mistakesOf({ controllers: [GetController] })).toEqual([
      'GetController.show, @CsrfExempt: it has no route for POST, and only POST can be a form of another site. Remove it.',
    ]);
  });

  test('@CsrfExempt without parentheses says so', () => {
    expect(() => {
      // @ts-expect-error it is called with the class
      @CsrfExempt
      class Wrong {}
      return Wrong;
    }).toThrow('@CsrfExempt in or on the class Wrong needs parentheses: @CsrfExempt().');
  });
});
