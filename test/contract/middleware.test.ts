import { AsyncLocalStorage } from 'node:async_hooks';
import {
  Body,
  Controller,
  defineApp,
  defineRouteMetadata,
  Get,
  HttpError,
  HttpReply,
  type Middleware,
  Post,
  type ProblemShape,
  Query,
  reply,
  UnauthorizedError,
  Use,
} from 'twodoors';
import { inject } from 'twodoors/testing';
import { type Row, runRows } from './run-rows.js';

/** Writes its name around the reply's `x-order`. */
function mark(name: string): Middleware {
  return async (_request, next) => {
    const reply = await next();
    reply.headers['X-Order'] = `${name}(${reply.headers['x-order'] ?? ''})`;
    return reply;
  };
}

const guard: Middleware = (request, next) => {
  if (request.header('authorization') === undefined) throw new UnauthorizedError();
  return next();
};

const rescue: Middleware = async (_request, next) => {
  try {
    return await next();
  } catch (error) {
    return reply({ rescued: (error as Error).message }, { status: 418 });
  }
};

const Roles = defineRouteMetadata<string[]>();

const roles: Middleware = async (request, next) => {
  const reply = await next();
  reply.headers['x-roles'] = Roles.of(request.route)?.join(' ') ?? 'none';
  return reply;
};

@Controller('/base')
@Roles(['reader'])
@Use(roles)
@Use(mark('base'))
class BaseController {
  @Get('/inherited') inherited() {
    return 'inherited';
  }
}

@Controller('/marked')
@Roles(['writer'])
class MarkController extends BaseController {
  @Get('/own') own() {
    return 'own';
  }
  @Get('/method') @Roles(['admin', 'owner']) method() {
    return 'method';
  }
}

@Controller('/unmarked')
class UnmarkedController {
  @Get() @Use(roles) show() {
    return 'unmarked';
  }
}

@Controller('/w')
@Use(mark('class'), mark('class2'))
class WrapController extends BaseController {
  @Get('/order') @Use(mark('method')) @Use(mark('method2')) order() {
    return 'order';
  }
  @Post('/guarded') @Use(guard) guarded(@Body(Object) body: object, @Query('n') n: number) {
    return { body, n };
  }
  @Get('/rescue') @Use(rescue) rescue() {
    throw new Error('lost');
  }
  @Get('/rescue-binding') @Use(rescue) rescueBinding(@Query('n') n: number) {
    return { n };
  }
  @Get('/short') @Use(() => reply('short', { headers: { 'x-short': 'yes' } })) short() {
    return 'never';
  }
  @Get('/value') @Use(() => ({ any: 'value' })) value() {
    return 'never';
  }
  @Get('/forgot')
  // @ts-expect-error a middleware that returns nothing is a red line before it is a 500
  @Use(async (_request, next) => {
    await next();
  })
  forgot() {
    return 'lost';
  }
  @Get('/twice')
  @Use(async (_request, next) => {
    await next();
    return next();
  })
  twice() {
    return 'twice';
  }
  @Get('/cookie')
  @Use(async (_request, next) => {
    const reply = await next();
    reply.cookies.push('added=1');
    return reply;
  })
  cookie() {
    return new HttpReply('c', { cookies: ['own=1'] });
  }
  @Get('/bad')
  @Use(async (_request, next) => {
    const reply = await next();
    reply.headers['x-bad'] = 'a\r\nb';
    return reply;
  })
  bad() {
    return 'bad';
  }
  @Get('/throws') throws() {
    throw new HttpError(409, 'conflict');
  }
}

const seen = { 'x-seen': 'yes' };
const app = defineApp({
  controllers: [WrapController, MarkController, UnmarkedController],
  log: () => {},
  use: [
    async (_request, next) => {
      const reply = await next();
      reply.headers['x-seen'] = 'yes';
      if (reply.error !== undefined) reply.headers['x-error'] = (reply.error as Error).name;
      return reply;
    },
  ],
});

const rows: Row[] = [
  {
    rule: 'middleware of base class, class and method nests in this order, the first outermost',
    target: '/w/order',
    reply: 'order',
    replyHeaders: { 'x-order': 'base(class(class2(method(method2()))))', ...seen },
  },
  {
    rule: 'an inherited route has the middleware of both classes, and the prefix of the subclass alone',
    target: '/w/inherited',
    reply: 'inherited',
    replyHeaders: { 'x-order': 'base(class(class2()))', ...seen },
  },
  {
    rule: 'a base class adds no prefix to the routes of its subclasses',
    target: '/base/inherited',
    status: 404,
    replyHeaders: seen,
  },
  {
    rule: 'a middleware refuses a request before its body can be a 413, 415 or 400',
    target: '/w/guarded',
    body: 'x'.repeat(2_000_000),
    headers: { 'content-type': 'no/such' },
    status: 401,
    replyHeaders: { 'x-error': 'UnauthorizedError', ...seen },
  },
  {
    rule: 'a body is refused once the middleware lets the request pass',
    target: '/w/guarded',
    body: 'x',
    headers: { 'content-type': 'no/such', authorization: 'x' },
    status: 415,
    replyHeaders: seen,
  },
  { rule: 'a middleware catches what a handler throws', target: '/w/rescue', status: 418, reply: { rescued: 'lost' } },
  {
    rule: 'a middleware catches a binding error',
    target: '/w/rescue-binding',
    status: 418,
    reply: { rescued: 'query.n: n is required' },
  },
  {
    rule: 'a middleware can reply without calling next',
    target: '/w/short',
    reply: 'short',
    replyHeaders: { 'x-short': 'yes' },
  },
  { rule: 'a middleware can return any value as the reply', target: '/w/value', reply: { any: 'value' } },
  { rule: 'a middleware that returns nothing is a 500', target: '/w/forgot', status: 500, replyHeaders: seen },
  { rule: 'a middleware that calls next() twice is a 500', target: '/w/twice', status: 500 },
  { rule: 'a middleware can add a cookie', target: '/w/cookie', replyCookies: ['own=1', 'added=1'] },
  {
    rule: 'a middleware that sets a header that HTTP does not allow gets a 500',
    target: '/w/bad',
    status: 500,
    replyHeaders: seen,
  },
  {
    rule: 'an app-wide middleware wraps error replies',
    target: '/w/throws',
    status: 409,
    replyHeaders: { 'x-error': 'HttpError', ...seen },
  },
  {
    rule: 'route metadata of a method replaces that of its class',
    target: '/marked/method',
    replyHeaders: { 'x-roles': 'admin owner' },
  },
  {
    rule: 'route metadata of a class applies to its routes',
    target: '/marked/own',
    replyHeaders: { 'x-roles': 'writer' },
  },
  {
    rule: 'route metadata of a class applies to its inherited routes',
    target: '/marked/inherited',
    replyHeaders: { 'x-roles': 'writer' },
  },
  {
    rule: 'route metadata of a base class is inherited',
    target: '/w/inherited',
    replyHeaders: { 'x-roles': 'reader' },
  },
  { rule: 'a route without metadata has none', target: '/unmarked', replyHeaders: { 'x-roles': 'none' } },
  { rule: 'an app-wide middleware wraps a 404', target: '/nowhere', status: 404, replyHeaders: seen },
  {
    rule: 'an app-wide middleware wraps a 405',
    target: '/w/order',
    method: 'DELETE',
    status: 405,
    replyHeaders: { allow: 'GET, HEAD, OPTIONS', ...seen },
  },
  {
    rule: 'an app-wide middleware wraps the automatic OPTIONS reply',
    target: '/w/order',
    method: 'OPTIONS',
    status: 204,
    replyHeaders: seen,
  },
  {
    rule: 'an app-wide middleware wraps a 501',
    target: '/w/order',
    method: 'PROPFIND',
    status: 501,
    replyHeaders: seen,
  },
  {
    rule: 'an app-wide middleware wraps the automatic HEAD reply',
    target: '/w/order',
    method: 'HEAD',
    reply: '',
    replyHeaders: seen,
  },
  {
    rule: 'an app-wide middleware wraps a 400 of a malformed path',
    target: '/w/%zz',
    status: 400,
    replyHeaders: seen,
    lostIn: ['http'],
  },
  {
    rule: 'an app-wide middleware wraps a reply that a method middleware made of an error',
    target: '/w/rescue-binding?n=x',
    status: 418,
    replyHeaders: seen,
  },
];

describe('middleware', () => runRows(app, rows));

/** Where it stands in a trace of AsyncLocalStorage. */
const trace = new AsyncLocalStorage<string>();

/** What each inner app-wide middleware does, by the request's query. */
const misbehave: Middleware = async (request, next) => {
  const how = request.query['how'];
  if (how === 'throw') throw new UnauthorizedError('no key');
  if (how === 'bug') throw new Error('secret');
  if (how === 'late') await next().then(() => Promise.reject(new HttpError(409, 'after')));
  if (how === 'undefined') throw undefined;
  if (how === 'twice') await next();
  if (how === 'header') return reply('x', { headers: { 'x-bad': String(request.query['value']) } });
  const made = await next();
  if (how === 'forget') return undefined as never;
  if (how === 'function') return (() => 1) as never;
  return made;
};

const wrapped = defineApp({
  controllers: [WrapController],
  log: () => {},
  use: [
    (_request, next) => trace.run('outer', next),
    async (_request, next) => {
      const made = await next();
      made.headers['access-control-allow-origin'] = '*';
      made.cookies.push('session=1');
      return made;
    },
    (_request, next) => trace.run('inner', next),
    misbehave,
  ],
  problem: async (problem) => {
    await Promise.resolve();
    return { ...problem, trace: trace.getStore() };
  },
});

const around = { replyHeaders: { 'access-control-allow-origin': '*' }, replyCookies: ['session=1'] };

describe('an app-wide middleware around another one', () =>
  runRows(wrapped, [
    { rule: 'gets its reply', target: '/w/short', reply: 'short', ...around },
    {
      rule: 'gets a reply to what it throws, shaped in its own context',
      target: '/w/short?how=throw',
      status: 401,
      includes: { detail: 'no key', trace: 'inner' },
      ...around,
    },
    {
      rule: 'gets a 500 for its bug',
      target: '/w/short?how=bug',
      status: 500,
      includes: { trace: 'inner' },
      ...around,
    },
    { rule: 'gets a 500 where it throws undefined', target: '/w/short?how=undefined', status: 500, ...around },
    {
      rule: 'gets a reply to what it throws after next()',
      target: '/w/short?how=late',
      status: 409,
      includes: { detail: 'after' },
      ...around,
    },
    { rule: 'gets a 500 where it forgets to return', target: '/w/short?how=forget', status: 500, ...around },
    { rule: 'gets a 500 where it returns a function', target: '/w/short?how=function', status: 500, ...around },
    { rule: 'gets a 500 where it calls next() twice', target: '/w/short?how=twice', status: 500, ...around },
    {
      rule: 'gets a 500 where it sets a header that HTTP does not allow',
      target: '/w/short?how=header&value=a%0d%0ab',
      status: 500,
      ...around,
    },
    { rule: 'gets a reply to what the route throws', target: '/w/throws', status: 409, ...around },
    { rule: 'gets a reply where no route matches', target: '/nowhere?how=throw', status: 401, ...around },
  ]));

describe('an asynchronous problem', () => {
  const appOf = (problem: ProblemShape) => defineApp({ controllers: [WrapController], log: () => {}, problem });
  describe('gives a document', () =>
    runRows(
      appOf(async (problem) => ({ ...problem, status: 422, own: true })),
      [{ rule: 'with its own status', target: '/w/throws', status: 422, includes: { own: true } }],
    ));
  describe('gives a reply', () =>
    runRows(
      appOf(async () => reply('own', { status: 410 })),
      [{ rule: 'with all of it', target: '/w/throws', status: 410, reply: 'own' }],
    ));
  describe('rejects', () =>
    runRows(
      appOf(async () => {
        throw new Error('no');
      }),
      [
        {
          rule: "then it is the framework's own document",
          target: '/w/throws',
          status: 409,
          includes: { detail: 'conflict' },
        },
      ],
    ));
});

test('a problem that never settles does not hold up the 504', async () => {
  const hung = defineApp({
    controllers: [WrapController],
    log: () => {},
    timeout: 20,
    problem: () => new Promise<object>(() => {}),
  });
  expect((await inject(hung, '/w/throws')).status).toBe(504);
});

test('an app-wide middleware sees the route, what it matched, and leaves values for the handler', async () => {
  const routes: unknown[] = [];
  const watched = defineApp({
    controllers: [WrapController],
    use: [
      (request, next) => {
        routes.push(request.route?.path);
        return next();
      },
    ],
  });
  await inject(watched, '/w/order');
  await inject(watched, '/nowhere');
  expect(routes).toEqual(['/w/order', undefined]);
});
