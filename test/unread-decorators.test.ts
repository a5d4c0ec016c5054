import {
  type AppOptions,
  Body,
  ContentType,
  Controller,
  defineApp,
  defineRouteMetadata,
  Get,
  Header,
  HttpCode,
  type Middleware,
  OnNull,
  Param,
  Post,
  Query,
  Redirect,
  Render,
  Req,
  type StartupError,
  type StartupMistake,
  Type,
  UploadedFile,
  Use,
  type ViewEngine,
} from 'twodoors';
import { createHandler } from 'twodoors/lambda';
import { inject } from 'twodoors/testing';

// Decorators that nothing would read are startup mistakes: a guard that does not guard must not start.

const guard: Middleware = (_request, next) => next();
const Roles = defineRouteMetadata<unknown>();

/** What a decorator is to TypeScript is no matter here: esbuild and swc compile it anywhere. */
const anywhere = (decorator: unknown) =>
  decorator as ClassDecorator & MethodDecorator & ParameterDecorator & PropertyDecorator;

const VIEWS: ViewEngine = { findMistake: () => undefined, render: () => '' };

function mistakesOf(controllers: AppOptions['controllers']): readonly StartupMistake[] {
  try {
    createHandler(defineApp({ controllers, views: VIEWS }));
  } catch (error) {
    return (error as StartupError).mistakes;
  }
  return [];
}

type Expected = Omit<StartupMistake, 'message'> & { readonly message: RegExp };

const rows: [rule: string, build: () => AppOptions['controllers'][number], expected: Expected[]][] = [
  [
    'an override with decorators, but without a route decorator',
    () => {
      @Controller()
      class BaseController {
        @Post('/used') used() {}
        @Post('/bound') bound(@Query('q?') _q?: string) {}
        @Get('/coded') coded() {}
        @Get('/marked') marked() {}
        @Get('/plain') plain() {}
      }
      @Controller()
      class OverrideController extends BaseController {
        @Use(guard) override used() {}
        override bound(@Body(Object) @Query('q') _body?: string) {}
        @HttpCode(201) @Header('x', 'y') override coded() {}
        @Roles('admin') override marked() {}
        override plain() {}
      }
      return OverrideController;
    },
    [
      ['used', '@Use'],
      ['bound', '@Query, @Body'],
      ['coded', '@Header, @HttpCode'],
      ['marked', 'defineRouteMetadata'],
    ].map(([method, names]) => ({
      code: 'method-without-route',
      controller: 'OverrideController',
      method: method!,
      message: new RegExp(
        `no route decorator of its own: ${names} would apply to nothing\\. Repeat the route decorator`,
      ),
    })),
  ],
  [
    'a base method with decorators, whose override has the route',
    () => {
      class TemplateController {
        @Use(guard) list() {}
      }
      @Controller()
      class FilledController extends TemplateController {
        @Get() override list() {}
      }
      return FilledController;
    },
    [
      {
        code: 'method-without-route',
        controller: 'TemplateController',
        method: 'list',
        message: /the override that has one .* @Use would apply to nothing\. Move them to the override\.$/,
      },
    ],
  ],
  [
    'decorators on static methods, getters, setters and properties',
    () => {
      @Controller()
      class MemberController {
        @Use(guard) static fixed() {}
        @Use(guard) get got() {
          return 1;
        }
        @HttpCode(201) set put(_value: string) {}
        @anywhere(Get('/arrow')) arrow = () => 'x';
        @anywhere(Use(guard)) held = 1;
      }
      return MemberController;
    },
    [
      { code: 'static-method', controller: 'MemberController', method: 'fixed', message: /static/ },
      { code: 'not-a-method', controller: 'MemberController', method: 'got', message: /Decorate a method/ },
      { code: 'not-a-method', controller: 'MemberController', method: 'put', message: /Decorate a method/ },
      { code: 'not-a-method', controller: 'MemberController', method: 'arrow', message: /Decorate a method/ },
      { code: 'not-a-method', controller: 'MemberController', method: 'held', message: /Decorate a method/ },
    ],
  ],
  [
    'a decorator of parameters on a method, a property, a class and a parameter of a constructor',
    () => {
      @Controller()
      @anywhere(Body())
      class BoundController {
        constructor(@anywhere(Req()) readonly request: unknown = 1) {}
        @Get('/x') @anywhere(Param('id')) method() {}
        @anywhere(UploadedFile('f')) property = 1;
      }
      return BoundController;
    },
    [
      {
        code: 'misplaced-decorator',
        controller: 'BoundController',
        method: 'method',
        decorator: '@Param',
        message: /^it is on a member, and only for parameters\. Move it\.$/,
      },
      {
        code: 'misplaced-decorator',
        controller: 'BoundController',
        method: 'property',
        decorator: '@UploadedFile',
        message: /on a member, and only for parameters/,
      },
      {
        code: 'misplaced-decorator',
        controller: 'BoundController',
        decorator: '@Body',
        message: /on a class, and only for parameters/,
      },
      {
        code: 'constructor-parameter',
        controller: 'BoundController',
        parameter: 1,
        decorator: '@Req',
        message: /only the parameters of methods/,
      },
    ],
  ],
  [
    'a decorator of methods on a class, on a parameter and on a parameter of a constructor',
    () => {
      @Controller()
      @anywhere(Get('/t'))
      @anywhere(OnNull(404))
      class OnClassController {
        constructor(@anywhere(Use(guard)) readonly a = 1) {}
        @Get('/x') method(@anywhere(HttpCode(201)) @anywhere(Roles('admin')) @Query('q?') _q?: string) {}
      }
      return OnClassController;
    },
    [
      {
        code: 'misplaced-decorator',
        controller: 'OnClassController',
        decorator: '@Get',
        message: /^it is on a class, and only for methods\. Move it\. The prefix of a class is @Controller\('\/t'\)\.$/,
      },
      {
        code: 'misplaced-decorator',
        controller: 'OnClassController',
        decorator: '@OnNull',
        message: /^it is on a class, and only for methods\. Move it\.$/,
      },
      {
        code: 'misplaced-decorator',
        controller: 'OnClassController',
        parameter: 1,
        decorator: '@Use',
        message: /on a parameter, and only for (classes and )?methods/,
      },
      {
        code: 'misplaced-decorator',
        controller: 'OnClassController',
        method: 'method',
        parameter: 1,
        decorator: '@HttpCode',
        message: /on a parameter, and only for (classes and )?methods/,
      },
      {
        code: 'misplaced-decorator',
        controller: 'OnClassController',
        method: 'method',
        parameter: 1,
        decorator: 'defineRouteMetadata',
        message: /on a parameter, and only for (classes and )?methods/,
      },
    ],
  ],
  [
    '@Controller on a method',
    () => {
      @Controller()
      class NestedController {
        @anywhere(Controller('/x')) @Get() method() {}
      }
      return NestedController;
    },
    [
      {
        code: 'misplaced-decorator',
        controller: 'NestedController',
        method: 'method',
        decorator: '@Controller',
        message: /on a member, and only for classes/,
      },
    ],
  ],
  [
    'a decorator that sets one value, twice',
    () => {
      @Controller('/a')
      @Controller('/b')
      class TwiceController {
        @Get('/1') @HttpCode(201) @HttpCode(202) one() {}
        @Get('/2') @ContentType('text/csv') @ContentType('text/html') @OnNull(404) @OnNull(404) two() {}
        @Get('/3') @Roles('a') @Roles('b') three() {}
        @Get('/4') @Header('vary', 'a') @Header('vary', 'b') @Use(guard) @Use(guard) @Post('/4') four() {}
      }
      return TwiceController;
    },
    [
      { code: 'repeated-decorator', controller: 'TwiceController', decorator: '@Controller', message: /twice/ },
      {
        code: 'repeated-decorator',
        controller: 'TwiceController',
        method: 'one',
        decorator: '@HttpCode',
        message: /twice/,
      },
      {
        code: 'repeated-decorator',
        controller: 'TwiceController',
        method: 'two',
        decorator: '@ContentType',
        message: /twice/,
      },
      {
        code: 'repeated-decorator',
        controller: 'TwiceController',
        method: 'two',
        decorator: '@OnNull',
        message: /twice/,
      },
      {
        code: 'repeated-decorator',
        controller: 'TwiceController',
        method: 'three',
        decorator: 'defineRouteMetadata',
        message: /twice/,
      },
    ],
  ],
  [
    'a decorator of replies that another one makes useless',
    () => {
      @Controller()
      class ReplyController {
        @Get('/1') @Redirect('/x') @HttpCode(301) one() {}
        @Get('/2') @Redirect('/x') @Header('Location', '/y') two() {}
        @Get('/3') @Render('page.html') @HttpCode(204) three() {}
        @Get('/4') @ContentType('text/csv') @Header('content-type', 'text/html') four() {}
        @Get('/5') @Render('page.html') @HttpCode(203) @Header('x', 'y') @ContentType('text/xml') five() {}
      }
      return ReplyController;
    },
    [
      {
        code: 'unread-decorator',
        controller: 'ReplyController',
        method: 'one',
        decorator: '@HttpCode',
        message: /Pass it there/,
      },
      {
        code: 'unread-decorator',
        controller: 'ReplyController',
        method: 'two',
        decorator: '@Header',
        message: /Pass it there/,
      },
      {
        code: 'unread-decorator',
        controller: 'ReplyController',
        method: 'three',
        decorator: '@HttpCode',
        message: /204 has no body/,
      },
      {
        code: 'unread-decorator',
        controller: 'ReplyController',
        method: 'four',
        decorator: '@ContentType',
        message: /replaces it/,
      },
    ],
  ],
  [
    'route metadata without a value',
    () => {
      const Public = Roles as (value?: unknown) => ClassDecorator & MethodDecorator;
      @Controller()
      @Public()
      class MarkedController {
        @Get('/x') @Public(undefined) x() {}
        @Get('/y') @Public(false) y() {}
        @Get('/z') @Public(null) z() {}
      }
      return MarkedController;
    },
    [
      {
        code: 'metadata-without-value',
        controller: 'MarkedController',
        decorator: 'defineRouteMetadata',
        message: /Pass a value/,
      },
      {
        code: 'metadata-without-value',
        controller: 'MarkedController',
        method: 'x',
        decorator: 'defineRouteMetadata',
        message: /Pass a value/,
      },
    ],
  ],
  [
    '@Use and route metadata on a class without @Controller',
    () => {
      @Use(guard)
      @Roles('admin')
      class PlainController {
        @Get() index() {}
      }
      return PlainController;
    },
    [
      {
        code: 'not-a-controller',
        controller: 'PlainController',
        message: /has no @Controller\(\) decorator\. Add one/,
      },
    ],
  ],
];

test.each(rows)('%s', (_rule, build, expected) => {
  const byText = (a: StartupMistake | Expected, b: StartupMistake | Expected) => keyOf(a).localeCompare(keyOf(b));
  const keyOf = ({ message: _, ...place }: StartupMistake | Expected) => JSON.stringify(Object.entries(place).sort());
  const wanted = expected.map((mistake) => ({ ...mistake, message: expect.stringMatching(mistake.message) }));
  expect(mistakesOf([build()]).toSorted(byText)).toEqual(expected.length > 0 ? wanted.toSorted(byText as never) : []);
});

test('all of them are reported at once', () => {
  const all = mistakesOf(rows.map(([, build]) => build()));
  for (const { message, ...place } of rows.flatMap(([, , expected]) => expected)) {
    expect(all).toContainEqual({ ...place, message: expect.stringMatching(message) });
  }
});

test('middleware and metadata of a base class without @Controller apply to its subclass', async () => {
  const seen: unknown[] = [];
  @Use((request, next) => {
    seen.push(Roles.of(request.route));
    return next();
  })
  @Roles('admin')
  class GuardedController {}
  @Controller()
  class ListedController extends GuardedController {
    @Get() index() {}
  }
  expect((await inject(defineApp({ controllers: [ListedController] }), '/')).status).toBe(204);
  expect(seen).toEqual(['admin']);
});

const bare: [decorator: string, apply: () => unknown, example: RegExp][] = [
  [
    '@Controller',
    () => anywhere(Controller)(class TodoController {}),
    /^@Controller .*TodoController needs parentheses: @Controller\(\)\.$/,
  ],
  ['@Use', () => anywhere(Use)(class TodoController {}), /^@Use .*TodoController needs parentheses/],
  [
    '@HttpCode',
    () => {
      class TodoController {
        @anywhere(HttpCode) x() {}
      }
      return TodoController;
    },
    /^@HttpCode .*TodoController needs/,
  ],
  [
    '@Use on a method',
    () => {
      class TodoController {
        @anywhere(Use) x() {}
      }
      return TodoController;
    },
    /^@Use .*TodoController needs/,
  ],
  [
    'route metadata',
    () => {
      class TodoController {
        @anywhere(Roles) x() {}
      }
      return TodoController;
    },
    /^A decorator of defineRouteMetadata .*TodoController needs/,
  ],
  [
    '@Req',
    () => {
      class TodoController {
        x(@anywhere(Req) _request?: unknown) {}
      }
      return TodoController;
    },
    /^@Req .*TodoController needs parentheses: @Req\(\)\.$/,
  ],
  [
    '@Query',
    () => {
      class TodoController {
        x(@anywhere(Query) _q = 1) {}
      }
      return TodoController;
    },
    /^@Query .*TodoController needs parentheses: @Query\(\)\.$/,
  ],
  [
    '@UploadedFile',
    () => {
      class TodoController {
        x(@anywhere(UploadedFile) _f?: unknown) {}
      }
      return TodoController;
    },
    /^@UploadedFile .*TodoController needs/,
  ],
];

test.each(bare)('%s without parentheses throws where it stands', (_decorator, apply, message) => {
  expect(apply).toThrow(expect.objectContaining({ name: 'TypeError', message: expect.stringMatching(message) }));
});

test('a class that a decorator without parentheses has replaced is said to be a function', () => {
  const replaced = anywhere(Roles)(class TodoController {}) as never;
  expect(mistakesOf([replaced])).toEqual([
    {
      code: 'not-a-class',
      option: 'controllers[0]',
      message: expect.stringMatching(/a function, not a class\. .*without parentheses/),
    },
  ]);
});

test.each([
  ['a class', () => anywhere(Type(() => String))(class Todo {})],
  [
    'a static property',
    () => {
      class Todo {
        @Type(() => String) static x: string[];
        y = 1;
      }
      return Todo;
    },
  ],
  [
    'a method',
    () => {
      class Todo {
        @Type(() => String) x() {}
      }
      return Todo;
    },
  ],
  [
    'a parameter',
    () => {
      class Todo {
        x(@anywhere(Type(() => String)) _x: string[]) {}
      }
      return Todo;
    },
  ],
])('@Type on %s throws where it stands', (_place, apply) => {
  expect(apply).toThrow(/^@Type on Todo(\.x)?: it is a decorator for properties of a DTO\. Put it on a property\.$/);
});

test("decorators that are compiled as ECMAScript's say which options the compiler needs", () => {
  const method = () => 'x';
  const context = { kind: 'method', name: 'index', static: false, private: false };
  for (const decorator of [Get('/x'), Use(guard), HttpCode(201), Controller('/x'), Roles('a')]) {
    expect(() => (decorator as (...args: unknown[]) => void)(method, context)).toThrow(
      /index: .* Set "experimentalDecorators" and "emitDecoratorMetadata" to true in tsconfig\.json\.$/,
    );
  }
});

test('an empty list of controllers', () => {
  expect(mistakesOf([])).toEqual([
    { code: 'no-controllers', option: 'controllers', message: expect.stringMatching(/empty.* Add a controller/) },
  ]);
});

test('options may be undefined', async () => {
  @Controller('/', { scope: undefined })
  class OptionController {
    @Get('/:id') index(
      @Param('id?', { optional: undefined, required: undefined, groups: undefined }) id?: string,
      @Query('n?', Number, { optional: undefined }) n?: number,
    ) {
      return { id, n };
    }
  }
  const app = defineApp({ controllers: [OptionController] });
  expect((await inject(app, '/7')).json()).toEqual({ id: '7' });
});
