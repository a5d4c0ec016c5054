import { Readable } from 'node:stream';
import {
  Body,
  Controller,
  defineApp,
  Get,
  Header,
  HttpCode,
  HttpReply,
  type HttpRequest,
  type Interceptor,
  NotFoundError,
  OnNull,
  OnUndefined,
  Param,
  Post,
  Redirect,
  Render,
  redirect,
  reply,
  StartupError,
  sse,
  Use,
  UseInterceptor,
  type ViewEngine,
  view,
} from 'twodoors';
import { inject } from 'twodoors/testing';
import { planApp } from '../../src/runtime/plan/plan-app.js';
import { runRows } from './run-rows.js';

/** Writes its name around a value. */
const mark =
  (name: string): Interceptor =>
  (value) =>
    `${name}(${value})`;

const later =
  (name: string): Interceptor =>
  async (value) => {
    await Promise.resolve();
    return `${name}(${value})`;
  };

const envelope: Interceptor = (value) => ({ data: value });

@UseInterceptor(mark('base'))
class BaseController {
  @Get('/inherited') inherited() {
    return 'x';
  }
}

@Controller('/order')
@UseInterceptor(mark('class1'), later('class2'))
@UseInterceptor(mark('class3'))
class OrderController extends BaseController {
  @Get() none() {
    return 'x';
  }
  @Get('/method') @UseInterceptor(mark('m1'), mark('m2')) @UseInterceptor(later('m3')) async method() {
    return 'x';
  }
}

@Controller('/values')
@UseInterceptor(envelope)
class ValueController {
  @Get('/object') object() {
    return { id: 1 };
  }
  @Get('/null') @OnNull(404) null() {
    return null;
  }
  @Get('/undefined') @OnUndefined(410) undefined() {}
  @Get('/code') @HttpCode(202) @Header('x-own', 'yes') code() {
    return [1];
  }
  @Get('/text') text() {
    return 'text';
  }
  @Get('/bytes') bytes() {
    return new Uint8Array([1]);
  }
  @Get('/reply') reply() {
    return reply({ own: true }, { status: 201 });
  }
  @Get('/promised-reply') async promisedReply() {
    return new HttpReply('own', { status: 203 });
  }
  @Get('/response') response() {
    return new Response('web');
  }
  @Get('/stream') stream() {
    return Readable.from(['a', 'b']);
  }
  @Get('/web-stream') webStream() {
    return new Blob(['web']).stream();
  }
  @Get('/generator') async *generator() {
    yield 'g';
  }
  @Get('/sse') sse() {
    return sse(
      (async function* () {
        yield 'e';
      })(),
    );
  }
  @Get('/page') page() {
    return view('page', { own: 1 });
  }
  @Get('/redirected') async redirected() {
    return redirect('/values/text');
  }
  @Get('/throws') throws() {
    throw new NotFoundError('gone');
  }
  @Get('/early') @Use(() => ({ from: 'middleware' })) early() {
    return 'never';
  }
  @Post('/body') body(@Body(Object) body: object) {
    return body;
  }
  @Get('/redirect') @Redirect('/values/text') redirect() {
    return '/values/object';
  }
}

/** Removes nothing but secrets; it knows what its methods return. */
const withoutSecret = ({ secret: _, ...others }: { secret: string; id: number }) => others;

@Controller('/own')
class OwnController {
  @Get('/typed') @UseInterceptor(withoutSecret) typed() {
    return { id: 7, secret: 'x' };
  }
  @Get('/request/:id') @UseInterceptor((value, request) => ({ value, id: request.params['id'] })) request(
    @Param('id') _id: string,
  ) {
    return 'x';
  }
  @Get('/nothing') @UseInterceptor((value) => value ?? null) @OnNull(404) nothing() {}
  @Get('/to-undefined') @UseInterceptor(() => undefined) @OnUndefined(410) toUndefined() {
    return 'x';
  }
  @Get('/refuses')
  @UseInterceptor(() => {
    throw new NotFoundError('not for you');
  })
  refuses() {
    return 'x';
  }
  @Get('/rejects') @UseInterceptor(async () => Promise.reject(new NotFoundError('later'))) rejects() {
    return 'x';
  }
  @Get('/caught')
  @Use(async (_request, next) => {
    try {
      return await next();
    } catch {
      return 'caught';
    }
  })
  @UseInterceptor(() => {
    throw new Error('a bug');
  })
  caught() {
    return 'x';
  }
  @Get('/to-reply')
  @UseInterceptor(() => new HttpReply('made', { status: 201 }), mark('never'))
  toReply() {
    return 'x';
  }
  @Get('/to-stream')
  @UseInterceptor(async function* (value) {
    yield `streamed ${value}`;
  }, mark('never'))
  toStream() {
    return 'x';
  }
  @Get('/view') @Render('page') @UseInterceptor((data) => ({ ...(data as object), added: 1 })) view() {
    return { own: 1 };
  }
  @Get('/to-page') @UseInterceptor((value) => view('page', { value }), mark('never')) toPage() {
    return 'x';
  }
  @Get('/chain') @UseInterceptor((value) => Promise.resolve(`${value}!`), later('l'), mark('m')) chain() {
    return Promise.resolve('x');
  }
}

const views: ViewEngine = {
  render: (view, data) => `${view} ${JSON.stringify(data)}`,
  findMistake: () => undefined,
};

describe('interceptors of methods and classes', () =>
  runRows(defineApp({ controllers: [OrderController, ValueController, OwnController], views, log: () => {} }), [
    {
      rule: 'those of the method come first, then those of the class and its base, in the order in which they are written',
      target: '/order/method',
      reply: 'base(class3(class2(class1(m3(m2(m1(x)))))))',
    },
    { rule: 'a method without any has those of the class', target: '/order', reply: 'base(class3(class2(class1(x))))' },
    {
      rule: 'an inherited method has those of both classes',
      target: '/order/inherited',
      reply: 'base(class3(class2(class1(x))))',
    },
    { rule: 'a value becomes another one', target: '/values/object', reply: { data: { id: 1 } } },
    { rule: 'text is a value', target: '/values/text', reply: { data: 'text' } },
    { rule: 'null is a value: @OnNull sees what is made of it', target: '/values/null', reply: { data: null } },
    { rule: 'undefined is a value, too', target: '/values/undefined', reply: {} },
    {
      rule: '@HttpCode and @Header hold for what is made',
      target: '/values/code',
      status: 202,
      reply: { data: [1] },
      replyHeaders: { 'x-own': 'yes' },
    },
    {
      rule: 'a body that was bound comes back in the envelope',
      target: '/values/body',
      json: { a: 1 },
      reply: { data: { a: 1 } },
    },
    { rule: 'an HttpReply passes them', target: '/values/reply', status: 201, reply: { own: true } },
    { rule: 'a promised HttpReply passes them', target: '/values/promised-reply', status: 203, reply: 'own' },
    { rule: 'a web Response passes them', target: '/values/response', reply: 'web' },
    { rule: 'a stream passes them', target: '/values/stream', reply: 'ab' },
    { rule: 'a web stream passes them', target: '/values/web-stream', reply: 'web' },
    { rule: 'a generator passes them', target: '/values/generator', reply: 'g' },
    { rule: 'server-sent events pass them', target: '/values/sse', reply: expect.stringContaining('data: e') },
    { rule: 'a page of view() passes them', target: '/values/page', reply: 'page {"own":1}' },
    {
      rule: 'a redirect() passes them',
      target: '/values/redirected',
      status: 303,
      replyHeaders: { location: '/values/text' },
    },
    { rule: 'an error passes them', target: '/values/throws', status: 404, includes: { detail: 'gone' } },
    { rule: 'what middleware returns passes them', target: '/values/early', reply: { from: 'middleware' } },
    {
      rule: 'the location of @Redirect passes them',
      target: '/values/redirect',
      status: 302,
      replyHeaders: { location: '/values/object' },
    },
    { rule: 'an interceptor may know the type of the value', target: '/own/typed', reply: { id: 7 } },
    { rule: 'an interceptor gets the request', target: '/own/request/5', reply: { value: 'x', id: '5' } },
    { rule: '@OnNull sees the null that an interceptor gives', target: '/own/nothing', status: 404 },
    { rule: '@OnUndefined sees its undefined', target: '/own/to-undefined', status: 410 },
    {
      rule: 'what an interceptor throws is the reply',
      target: '/own/refuses',
      status: 404,
      includes: { detail: 'not for you' },
    },
    { rule: 'what it rejects with is the reply', target: '/own/rejects', status: 404, includes: { detail: 'later' } },
    { rule: 'middleware around the method catches it', target: '/own/caught', reply: 'caught' },
    { rule: 'a reply that one gives is final', target: '/own/to-reply', status: 201, reply: 'made' },
    { rule: 'a stream that one gives is final', target: '/own/to-stream', reply: 'streamed x' },
    { rule: 'a view gets what they give', target: '/own/view', reply: 'page {"own":1,"added":1}' },
    { rule: 'a page that one gives is final', target: '/own/to-page', reply: 'page {"value":"x"}' },
    { rule: 'promises are awaited in between', target: '/own/chain', reply: 'm(l(x!))' },
  ]));

const who: Interceptor = (value, request: HttpRequest) => `app(${value}) ${request.method}`;

describe('interceptors of the app', () =>
  runRows(defineApp({ controllers: [OrderController], interceptors: [mark('app1'), who], log: () => {} }), [
    { rule: 'come last', target: '/order/method', reply: 'app(app1(base(class3(class2(class1(m3(m2(m1(x))))))))) GET' },
    { rule: 'do not see the reply to OPTIONS', target: '/order', method: 'OPTIONS', status: 204, reply: '' },
    { rule: 'do not see errors', target: '/nowhere', status: 404 },
    { rule: 'count for HEAD', target: '/order', method: 'HEAD', reply: '' },
  ]));

describe('an interceptor that fails with a stream in hand', () => {
  let closed = 0;
  @Controller()
  class LeakController {
    @Get()
    @Header('x-a', 'b')
    @UseInterceptor(() =>
      Object.assign(new HttpReply(undefined, { status: 200 }), {
        body: new Readable({
          read() {},
          destroy(error, done) {
            closed++;
            done(error);
          },
        }),
        headers: { 'x-bad': 'a\nb' },
      }),
    )
    leak() {
      return 'x';
    }
  }
  test('closes it', async () => {
    const response = await inject(defineApp({ controllers: [LeakController], log: () => {} }), '/');
    expect([response.status, closed]).toEqual([500, 1]);
  });
});

describe('startup', () => {
  function mistakesOf(options: Parameters<typeof defineApp>[0]): string[] {
    try {
      planApp(options);
      return [];
    } catch (error) {
      return (error as StartupError).message.split('\n').slice(1);
    }
  }

  test('refuses what is not a function', () => {
    @Controller()
    @UseInterceptor(undefined as never, 'envelope' as never)
    class WrongController {
      @Get() get() {}
    }
    expect(mistakesOf({ controllers: [WrongController], interceptors: [5 as never] })).toEqual([
      '  1. WrongController.get, @UseInterceptor: it is undefined, not a function. Check the name where it is imported, and whether two files import each other.',
      '  2. WrongController.get, @UseInterceptor: it is a value of type string, not a function. Check the name where it is imported, and whether two files import each other.',
      '  3. defineApp, interceptors[0]: it is a value of type number, not a function. Check the name where it is imported, and whether two files import each other.',
    ]);
    expect(mistakesOf({ controllers: [OrderController], interceptors: envelope as never })).toEqual([
      '  1. defineApp, interceptors: it must be a list of functions. Write interceptors: [envelope].',
    ]);
  });

  test('refuses one that nothing would call', () => {
    @Controller()
    class UnreadController {
      @Get() @Redirect('/x') @UseInterceptor(envelope) moved() {}
    }
    expect(mistakesOf({ controllers: [UnreadController] })).toEqual([
      '  1. UnreadController.moved, @UseInterceptor: the location that a method with @Redirect returns is not a value for it. Remove it.',
    ]);
    class Derived extends OrderController {
      @UseInterceptor(envelope) override none() {
        return 'y';
      }
    }
    Controller('/derived')(Derived);
    expect(mistakesOf({ controllers: [Derived] })).toEqual([
      expect.stringContaining('@UseInterceptor would apply to nothing'),
    ]);
  });

  test('plans how many there are, and nothing where there are none', () => {
    @Controller('/plain')
    class PlainController {
      @Get() get() {}
    }
    const planned = (options: Parameters<typeof defineApp>[0]) =>
      planApp(options).routes.map(({ path, interceptors }) => [path, interceptors]);
    expect(planned({ controllers: [PlainController] })).toEqual([['/plain', undefined]]);
    expect(planApp({ controllers: [PlainController] }).routes[0]).not.toHaveProperty('interceptors');
    expect(planned({ controllers: [PlainController, OrderController], interceptors: [envelope] })).toEqual(
      expect.arrayContaining([
        ['/plain', 1],
        ['/order/method', 8],
        ['/order', 5],
      ]),
    );
  });
});
