/** Rows of `securityHeaders()`, `cacheControl()` and `requestId()`. */

import {
  Controller,
  defineApp,
  Get,
  Header,
  HttpReply,
  type HttpRequest,
  type Middleware,
  NotFoundError,
  Post,
  Req,
  setCookie,
  UnauthorizedError,
  Use,
} from 'twodoors';
import { cacheControl, cspNonce, etag, requestId, securityHeaders } from 'twodoors/middleware';
import { sessionOf, sessions } from 'twodoors/sessions';
import { doorNames, inject, openDoor } from 'twodoors/testing';
import { runRows } from '../contract/run-rows.js';

const guard: Middleware = (request, next) => {
  if (request.path === '/guarded') throw new UnauthorizedError();
  return next();
};

@Controller()
class PageController {
  @Get('/page') page(@Req() request: HttpRequest) {
    return new HttpReply(`<style nonce="${cspNonce(request)}"></style><script nonce="${cspNonce(request)}"></script>`, {
      headers: { 'content-type': 'text/html' },
    });
  }
  @Get('/text') text() {
    return 'text';
  }
  @Get('/own') own() {
    return new HttpReply('own', {
      headers: {
        'x-content-type-options': 'other',
        'referrer-policy': 'no-referrer',
        'content-security-policy': "default-src 'none'",
        'cache-control': 'max-age=1',
      },
    });
  }
  @Get('/versioned') versioned(@Req() request: HttpRequest) {
    return new HttpReply(`<script nonce="${cspNonce(request)}"></script>`, { headers: { etag: '"v1"' } });
  }
  @Get('/missing') missing() {
    throw new NotFoundError();
  }
  @Get('/bug') bug() {
    throw new Error('secret');
  }
  @Get('/id') id(@Req() request: HttpRequest) {
    return { id: request.id };
  }
  @Get('/cookie') cookie(@Req() request: HttpRequest) {
    setCookie(request, 'a', 'b');
    return 'cookie';
  }
  @Get('/session') session(@Req() request: HttpRequest) {
    return { n: (sessionOf(request) as { n?: number }).n ?? 0 };
  }
  @Get('/moved') moved() {
    return new HttpReply(undefined, { status: 301, headers: { location: '/text' } });
  }
  @Post('/text') post() {
    return 'posted';
  }
}

const POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
const quiet = { controllers: [PageController], log: () => {} };
const all = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'strict-transport-security': 'max-age=31536000',
  'content-security-policy': POLICY,
};

describe('securityHeaders()', () => {
  const app = defineApp({ ...quiet, use: [guard, etag(), securityHeaders()] });
  runRows(app, [
    { rule: 'every reply has the headers', target: '/text', reply: 'text', replyHeaders: all },
    { rule: 'a 404 has them', target: '/nowhere', status: 404, replyHeaders: all },
    { rule: 'a bug has them', target: '/bug', status: 500, replyHeaders: all },
    { rule: 'OPTIONS has them', target: '/text', method: 'OPTIONS', status: 204, replyHeaders: all },
    { rule: 'the refusal of a guard before it has them', target: '/guarded', status: 401, replyHeaders: all },
    {
      rule: 'headers of the handler stay',
      target: '/own',
      replyHeaders: {
        'x-content-type-options': 'other',
        'referrer-policy': 'no-referrer',
        'content-security-policy': "default-src 'none'",
      },
    },
    {
      rule: 'a 304 leaves the policy of the page that the client has',
      target: '/versioned',
      headers: { 'if-none-match': '"v1"' },
      status: 304,
      replyHeaders: { 'content-security-policy': undefined, 'x-content-type-options': 'nosniff' },
    },
  ]);

  describe.each(doorNames)('the nonce, through %s', (name) => {
    test('is in the policy and on the page, and is another one each time', async () => {
      const door = await openDoor(app, name);
      try {
        const seen = new Set<string>();
        for (let i = 0; i < 3; i++) {
          const response = await door.request('/page');
          const policy = response.headers['content-security-policy']!;
          const nonce = /script-src 'self' 'nonce-([\w-]{22})'/.exec(policy)?.[1];
          expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`);
          expect(response.text()).toBe(`<style nonce="${nonce}"></style><script nonce="${nonce}"></script>`);
          seen.add(nonce!);
        }
        expect(seen.size).toBe(3);
      } finally {
        await door.close();
      }
    });

    test('is on the style of the page for an error', async () => {
      const door = await openDoor(app, name);
      try {
        const response = await door.request('/nowhere', { headers: { accept: 'text/html' } });
        const nonce = /<style nonce="([\w-]{22})">/.exec(response.text())?.[1];
        expect(response.headers['content-security-policy']).toContain(`style-src 'self' 'nonce-${nonce}'`);
      } finally {
        await door.close();
      }
    });
  });

  test('without it there is no nonce', async () => {
    const plain = defineApp(quiet);
    expect((await inject(plain, '/page')).text()).toContain('nonce="undefined"');
    const page = await inject(plain, '/nowhere', { headers: { accept: 'text/html' } });
    expect(page.text()).toContain('<style>');
  });

  const own: [
    rule: string,
    options: Parameters<typeof securityHeaders>[0],
    headers: Record<string, string | undefined>,
  ][] = [
    ['plain http has no HSTS', {}, { 'strict-transport-security': undefined }],
    [
      'a frame may be allowed',
      { frameAncestors: 'self' },
      { 'content-security-policy': POLICY.replace(/'none'$/, "'self'") },
    ],
    [
      'frames of several origins may be allowed',
      { frameAncestors: ["'self'", 'https://a.example'], contentSecurityPolicy: false },
      { 'content-security-policy': "frame-ancestors 'self' https://a.example" },
    ],
    [
      'directives are replaced, added and left out',
      { contentSecurityPolicy: { 'img-src': ['https:'], 'connect-src': ["'self'"], 'form-action': false } },
      {
        'content-security-policy':
          "default-src 'self'; script-src 'self'; style-src 'self'; img-src https:; object-src 'none'; base-uri 'self'; frame-ancestors 'none'; connect-src 'self'",
      },
    ],
    [
      'a policy may only report',
      { reportOnly: true, referrerPolicy: false },
      {
        'content-security-policy-report-only': POLICY,
        'content-security-policy': undefined,
        'referrer-policy': undefined,
      },
    ],
  ];
  test.each(own)('%s', async (_rule, options, headers) => {
    const plain = defineApp({ ...quiet, publicOrigin: 'http://localhost', use: [securityHeaders(options)] });
    const sent = (await inject(plain, '/text')).headers;
    expect(Object.fromEntries(Object.keys(headers).map((name) => [name, sent[name]]))).toEqual(headers);
  });

  test.each([
    ["'unsafe-inline'", "script-src 'unsafe-inline'"],
    ["'none'", "script-src 'none'"],
  ])('a nonce does not change what %s says', async (source, text) => {
    const use = [securityHeaders({ contentSecurityPolicy: { 'script-src': [source] } })];
    const { headers } = await inject(defineApp({ ...quiet, use }), '/page');
    expect(headers['content-security-policy']).toContain(`${text}; style-src 'self' 'nonce-`);
  });

  test('HSTS has what was asked for', async () => {
    const use = [securityHeaders({ hsts: { includeSubDomains: true, preload: true } })];
    const app = defineApp({ ...quiet, publicOrigin: 'https://example.com', use });
    const { headers } = await inject(app, '/text');
    expect(headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains; preload');
  });
});

@Controller('/cached')
@Use(cacheControl({ private: true, maxAge: 10 }))
class CachedController {
  @Get() show() {
    return 'class';
  }
  @Get('/method') @Use(cacheControl({ noStore: true })) method() {
    return 'method';
  }
  @Get('/header') @Header('cache-control', 'immutable') header() {
    return 'header';
  }
  @Get('/missing') missing() {
    throw new NotFoundError();
  }
}

describe('cacheControl()', () => {
  const control = (value: string | undefined) => ({ replyHeaders: { 'cache-control': value } });
  const everybody = cacheControl({
    public: true,
    maxAge: 60,
    sMaxAge: 600,
    staleWhileRevalidate: 30,
    staleIfError: 3600,
    mustRevalidate: true,
    noTransform: true,
    immutable: true,
  });
  const app = defineApp({ ...quiet, controllers: [PageController, CachedController], use: [everybody, sessions()] });
  const VALUE =
    'public, max-age=60, s-maxage=600, stale-while-revalidate=30, stale-if-error=3600, must-revalidate, immutable, no-transform';
  runRows(app, [
    { rule: 'a reply has the directives', target: '/text', ...control(VALUE) },
    { rule: 'HEAD has those of GET', target: '/text', method: 'HEAD', reply: '', ...control(VALUE) },
    { rule: 'a redirect has them', target: '/moved', status: 301, ...control(VALUE) },
    { rule: 'a reply to POST has none', target: '/text', method: 'POST', ...control(undefined) },
    { rule: 'an error has none', target: '/missing', status: 404, ...control(undefined) },
    { rule: 'a bug has none', target: '/bug', status: 500, ...control(undefined) },
    { rule: 'those of the handler stay', target: '/own', ...control('max-age=1') },
    {
      rule: 'a reply that sets a cookie is for its client alone',
      target: '/cookie',
      ...control(VALUE.replace('public', 'private').replace(' s-maxage=600,', '')),
    },
    { rule: 'the one of the class replaces that of the app', target: '/cached', ...control('private, max-age=10') },
    { rule: 'the one of the method replaces that of the class', target: '/cached/method', ...control('no-store') },
    { rule: '@Header replaces all', target: '/cached/header', ...control('immutable') },
    { rule: 'errors of a class have none', target: '/cached/missing', status: 404, ...control(undefined) },
  ]);
  const inside = defineApp({ ...quiet, use: [sessions(), everybody] });
  runRows(inside, [
    {
      rule: 'what comes of a session is private, in either order',
      target: '/session',
      ...control('private, no-cache'),
    },
  ]);
  runRows(defineApp({ ...quiet, use: [securityHeaders(), everybody] }), [
    {
      rule: 'a page with a nonce is for its client alone',
      target: '/page',
      ...control(VALUE.replace('public', 'private').replace(' s-maxage=600,', '')),
    },
    { rule: 'where nothing has read the nonce, all may have it', target: '/text', ...control(VALUE) },
  ]);
  runRows(app, [{ rule: 'what comes of a session is private', target: '/session', ...control('private, no-cache') }]);
});

describe('requestId()', () => {
  const app = defineApp({ ...quiet, use: [guard, requestId()] });
  const trusting = defineApp({
    ...quiet,
    use: [requestId({ header: 'X-Correlation-Id', trust: (request) => request.header('x-proxy') === 'ours' })],
  });
  describe.each(doorNames)('through %s', (name) => {
    test('sends request.id, also in the reply to a bug', async () => {
      const door = await openDoor(app, name);
      try {
        const plain = await door.request('/id', { headers: { 'x-request-id': 'mine' } });
        expect(plain.headers['x-request-id']).toBe(plain.json().id);
        expect(plain.json().id).not.toBe('mine');
        const bug = await door.request('/bug');
        expect(bug.headers['x-request-id']).toBe(bug.json().requestId);
        const refused = await door.request('/guarded');
        expect([refused.status, refused.headers['x-request-id']]).toEqual([401, expect.any(String)]);
      } finally {
        await door.close();
      }
    });

    test('takes the id of a trusted client for its own, if it is one', async () => {
      const door = await openDoor(trusting, name);
      try {
        const sent = (id: string, proxy = 'ours') => ({ headers: { 'x-correlation-id': id, 'x-proxy': proxy } });
        const taken = await door.request('/id', sent('Root=1-67891233-abcdef012345678912345678'));
        expect(taken.json()).toEqual({ id: 'Root=1-67891233-abcdef012345678912345678' });
        expect(taken.headers['x-correlation-id']).toBe('Root=1-67891233-abcdef012345678912345678');
        expect((await door.request('/bug', sent('abc'))).json().requestId).toBe('abc');
        for (const refused of [sent('abc', 'other'), sent('a"b'), sent('x'.repeat(129)), sent('<script>')]) {
          const { id } = (await door.request('/id', refused)).json();
          expect(id).not.toBe(refused.headers['x-correlation-id']);
        }
      } finally {
        await door.close();
      }
    });
  });
});
