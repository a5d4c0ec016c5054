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
  Query,
  reply,
  UnauthorizedError,
  Use,
} from 'twodoors';
import { type Row, runRows } from './run-rows.js';

/** Writes its name around the answer's `x-order`. */
function mark(name: string): Middleware {
  return async (_request, next) => {
    const answer = await next();
    answer.headers['X-Order'] = `${name}(${answer.headers['x-order'] ?? ''})`;
    return answer;
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
  const answer = await next();
  answer.headers['x-roles'] = Roles.of(request.route)?.join(' ') ?? 'none';
  return answer;
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
    const answer = await next();
    answer.cookies.push('added=1');
    return answer;
  })
  cookie() {
    return new HttpReply('c', { cookies: ['own=1'] });
  }
  @Get('/bad')
  @Use(async (_request, next) => {
    const answer = await next();
    answer.headers['x-bad'] = 'a\r\nb';
    return answer;
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
      const answer = await next();
      answer.headers['x-seen'] = 'yes';
      if (answer.error !== undefined) answer.headers['x-error'] = (answer.error as Error).name;
      return answer;
    },
  ],
});

const rows: Row[] = [
  {
    rule: 'middleware of base class, class and method nests in this order, the first outermost',
    target: '/w/order',
    answer: 'order',
    answerHeaders: { 'x-order': 'base(class(class2(method(method2()))))', ...seen },
  },
  {
    rule: 'an inherited route has the middleware of both classes, and the prefix of the subclass alone',
    target: '/w/inherited',
    answer: 'inherited',
    answerHeaders: { 'x-order': 'base(class(class2()))', ...seen },
  },
  {
    rule: 'a base class adds no prefix to the routes of its subclasses',
    target: '/base/inherited',
    status: 404,
    answerHeaders: seen,
  },
  {
    rule: 'a middleware refuses a request before its body can be a 413, 415 or 400',
    target: '/w/guarded',
    body: 'x'.repeat(2_000_000),
    headers: { 'content-type': 'no/such' },
    status: 401,
    answerHeaders: { 'x-error': 'UnauthorizedError', ...seen },
  },
  {
    rule: 'a body is refused once the middleware lets the request pass',
    target: '/w/guarded',
    body: 'x',
    headers: { 'content-type': 'no/such', authorization: 'x' },
    status: 415,
    answerHeaders: seen,
  },
  { rule: 'a middleware catches what a handler throws', target: '/w/rescue', status: 418, answer: { rescued: 'lost' } },
  {
    rule: 'a middleware catches a binding error',
    target: '/w/rescue-binding',
    status: 418,
    answer: { rescued: 'query.n: n is required' },
  },
  {
    rule: 'a middleware can reply without calling next',
    target: '/w/short',
    answer: 'short',
    answerHeaders: { 'x-short': 'yes' },
  },
  { rule: 'a middleware can return any value as the reply', target: '/w/value', answer: { any: 'value' } },
  { rule: 'a middleware that returns nothing is a 500', target: '/w/forgot', status: 500, answerHeaders: seen },
  { rule: 'a middleware that calls next() twice is a 500', target: '/w/twice', status: 500 },
  { rule: 'a middleware can add a cookie', target: '/w/cookie', answerCookies: ['own=1', 'added=1'] },
  {
    rule: 'a middleware that sets a header that HTTP does not allow gets a 500',
    target: '/w/bad',
    status: 500,
    answerHeaders: seen,
  },
  {
    rule: 'an app-wide middleware wraps error replies',
    target: '/w/throws',
    status: 409,
    answerHeaders: { 'x-error': 'HttpError', ...seen },
  },
  {
    rule: 'route metadata of a method replaces that of its class',
    target: '/marked/method',
    answerHeaders: { 'x-roles': 'admin owner' },
  },
  {
    rule: 'route metadata of a class applies to its routes',
    target: '/marked/own',
    answerHeaders: { 'x-roles': 'writer' },
  },
  {
    rule: 'route metadata of a class applies to its inherited routes',
    target: '/marked/inherited',
    answerHeaders: { 'x-roles': 'writer' },
  },
  {
    rule: 'route metadata of a base class is inherited',
    target: '/w/inherited',
    answerHeaders: { 'x-roles': 'reader' },
  },
  { rule: 'a route without metadata has none', target: '/unmarked', answerHeaders: { 'x-roles': 'none' } },
  { rule: 'an app-wide middleware wraps a 404', target: '/nowhere', status: 404, answerHeaders: seen },
  {
    rule: 'an app-wide middleware wraps a 405',
    target: '/w/order',
    method: 'DELETE',
    status: 405,
    answerHeaders: { allow: 'GET, HEAD, OPTIONS', ...seen },
  },
  {
    rule: 'an app-wide middleware wraps the automatic OPTIONS reply',
    target: '/w/order',
    method: 'OPTIONS',
    status: 204,
    answerHeaders: seen,
  },
  {
    rule: 'an app-wide middleware wraps a 501',
    target: '/w/order',
    method: 'PROPFIND',
    status: 501,
    answerHeaders: seen,
  },
  {
    rule: 'an app-wide middleware wraps the automatic HEAD reply',
    target: '/w/order',
    method: 'HEAD',
    answer: '',
    answerHeaders: seen,
  },
  {
    rule: 'an app-wide middleware wraps a 400 of a malformed path',
    target: '/w/%zz',
    status: 400,
    answerHeaders: seen,
    lostIn: ['http'],
  },
  {
    rule: 'an app-wide middleware wraps a reply that a method middleware made of an error',
    target: '/w/rescue-binding?n=x',
    status: 418,
    answerHeaders: seen,
  },
];

describe('middleware', () => runRows(app, rows));

test('an app-wide middleware sees the route, what it matched, and leaves values for the handler', async () => {
  const { inject } = await import('twodoors/testing');
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
