import { IsInt, IsObject } from 'class-validator';
import {
  type App,
  type AppOptions,
  Body,
  ContentType,
  Controller,
  Cookie,
  defineApp,
  Get,
  Header,
  Headers,
  HttpCode,
  type HttpRequest,
  lazy,
  type MistakeCode,
  Param,
  Post,
  Query,
  Redirect,
  Render,
  Req,
  StartupError,
  UploadedFile,
  Use,
} from 'twodoors';
import { toKoa, toRouter } from 'twodoors/koa';
import { createHandler } from 'twodoors/lambda';
import { inject } from 'twodoors/testing';

/** The codes of an app's mistakes, and the same mistakes as the error's message numbers them. */
function mistakesOf(options: AppOptions): { codes: MistakeCode[]; texts: string[] } {
  const app = defineApp(options);
  try {
    createHandler(app);
  } catch (error) {
    expect(error).toBeInstanceOf(StartupError);
    const { message, mistakes } = error as StartupError;
    // Every door throws the same, and a failed attempt leaves nothing behind.
    expect(() => toKoa(app)).toThrow(message);
    expect(() => toRouter(app)).toThrow(message);
    const [head, ...lines] = message.split('\n');
    expect(head).toMatch(lines.length === 1 ? /There is 1 mistake:$/ : `There are ${lines.length} mistakes:`);
    const texts = lines.map((line, i) => line.replace(`  ${i + 1}. `, ''));
    mistakes.forEach((mistake, i) => {
      expect(texts[i]).toContain(mistake.message);
    });
    return { codes: mistakes.map(({ code }) => code), texts };
  }
  return { codes: [], texts: [] };
}

interface Todo {
  id: number;
}

class Unvalidated {
  id!: number;
}

class Valid {
  @IsInt() id!: number;
}

class Nesting {
  @IsObject() inner!: Unvalidated;
}

@Controller()
class PlainController {
  @Get('/plain') plain() {}
}

type Build = () => AppOptions['controllers'];

const one = (type: AppOptions['controllers'][number]) => [type];

const table: [mistake: string, build: Build, expected: [code: MistakeCode, text: RegExp][]][] = [
  [
    'two routes of the same shape and method',
    () => {
      @Controller('/a')
      class DuplicateController {
        @Get('/:id') one() {}
        @Get('/:name/') two() {}
        @Post('/:x') three() {}
      }
      return one(DuplicateController);
    },
    [
      [
        'duplicate-route',
        /^DuplicateController\.two: GET \/a\/:name\/ matches the same requests as GET \/a\/:id \(DuplicateController\.one\)/,
      ],
    ],
  ],
  [
    'optional groups that make two routes alike',
    () => {
      @Controller('/a')
      class GroupController {
        @Get('/b{/:c}') one() {}
        @Get('/b') two() {}
      }
      return one(GroupController);
    },
    [['duplicate-route', /GroupController\.two.*matches the same requests as.*GroupController\.one/]],
  ],
  [
    'a path with two readings',
    () => {
      @Controller('/twice')
      class TwiceController {
        @Get('{/:b}{/:c}') one() {}
      }
      return one(TwiceController);
    },
    [['ambiguous-path', /^TwiceController\.one: two readings of the optional groups in \/twice\{\/:b\}\{\/:c\}/]],
  ],
  [
    'two paths that differ only in case',
    () => {
      @Controller('/a')
      class CaseController {
        @Get('/B') one() {}
        @Get('/b') two() {}
      }
      return one(CaseController);
    },
    [['duplicate-route', /CaseController\.two/]],
  ],
  [
    'a parameter that is not in the path',
    () => {
      @Controller('/a')
      class ParamController {
        @Get('/:id') one(@Param('name') name: string) {
          return name;
        }
        @Get(['/x/:id2/:b', '/x/:c']) two(@Param('id?') id?: string) {
          return id;
        }
      }
      return one(ParamController);
    },
    [
      [
        'unknown-path-parameter',
        /^ParamController\.one, parameter 1 \(@Param\): the path \/a\/:id has no parameter "name", only "id"\. Correct/,
      ],
      ['unknown-path-parameter', /^ParamController\.two, .*the path \/a\/x\/:id2\/:b .* "id", only "id2", "b"\./],
      ['unknown-path-parameter', /^ParamController\.two, .*the path \/a\/x\/:c /],
    ],
  ],
  [
    'names that no request can have',
    () => {
      @Controller('/a')
      class NameController {
        @Get() one(
          @Headers('X Y') a: string,
          @Headers('') b: string,
          @Cookie('c;d') c: string,
          @Headers('x-ok?') ok?: string,
          @Cookie('a[b]?') brackets?: string,
        ) {
          return [a, b, c, ok, brackets];
        }
      }
      return one(NameController);
    },
    [
      [
        'invalid-name',
        /^NameController\.one, parameter 1 \(@Headers\): no request has a header "X Y": .* Correct it\.$/,
      ],
      ['invalid-name', /parameter 2 \(@Headers\): no request has a header "": /],
      ['invalid-name', /parameter 3 \(@Cookie\): no request has a cookie "c;d": /],
    ],
  ],
  [
    'two bodies, and a body on GET',
    () => {
      @Controller('/a')
      class BodyController {
        @Post('/two') two(@Body(Object) a: object, @Body(Object) b: object) {
          return [a, b];
        }
        @Get('/get') get(@Body(Object) a: object) {
          return a;
        }
        @Post('/raw') raw(@Body() text: string, @UploadedFile('f') file: UploadedFile) {
          return [text, file];
        }
      }
      return one(BodyController);
    },
    [
      ['two-bodies', /^BodyController\.two: two parameters bind the body/],
      ['body-on-get', /^BodyController\.get: it binds the body of a GET/],
      ['raw-body-with-files', /^BodyController\.raw: it binds the files of a form and the unparsed body/],
    ],
  ],
  [
    'types that are unknown at run time',
    () => {
      @Controller('/a')
      class TypeController {
        @Post('/interface') interface(@Body() body: Todo) {
          return body;
        }
        @Post('/any') any(@Body() body: unknown) {
          return body;
        }
        @Post('/list') list(@Body() body: Valid[]) {
          return body;
        }
        @Get('/union') union(@Query('u') u: string | number) {
          return u;
        }
        @Get('/default') default(@Query('verbose') verbose = false) {
          return verbose;
        }
        @Get('/tags') tags(@Query('t') t: string[]) {
          return t;
        }
        @Get('/class') class(@Query('t') t: Valid) {
          return t;
        }
      }
      return one(TypeController);
    },
    [
      [
        'type-unknown',
        /^TypeController\.interface, parameter 1 \(@Body\): its type is unknown at run time: interfaces, unions.*"import type".*@Body\(CreateTodo\), or @Body\(lazy\(\(\) => CreateTodo\)\) for a class further down\.$/,
      ],
      ['type-unknown', /^TypeController\.any, parameter 1 \(@Body\)/],
      ['type-unknown', /^TypeController\.list, parameter 1 \(@Body\): the type of its items.*@Body\(\[Item\]\)/],
      ['type-unknown', /^TypeController\.union, parameter 1 \(@Query\)/],
      [
        'type-unknown',
        /^TypeController\.default, parameter 1 \(@Query\): its type is unknown.*ass (?:it|the type): @Query\('verbose', Number\)/,
      ],
      ['type-unknown', /^TypeController\.tags, parameter 1 \(@Query\): the type of its items.*@Query\('t', \[Item\]\)/],
      [
        'type-not-convertible',
        /^TypeController\.class, parameter 1 \(@Query\): text cannot be converted to Valid\. Pass another type: @Query\('t', Number\)/,
      ],
    ],
  ],
  [
    'a class without validators',
    () => {
      @Controller('/a')
      class HoleController {
        @Post('/body') body(@Body() body: Unvalidated) {
          return body;
        }
        @Get('/query') query(@Query() query: Unvalidated) {
          return query;
        }
        @Post('/nested') nested(@Body() body: Nesting) {
          return body;
        }
      }
      return one(HoleController);
    },
    [
      [
        'class-without-validators',
        /^HoleController\.body, parameter 1 \(@Body\): the class Unvalidated has no validators/,
      ],
      [
        'class-without-validators',
        /^HoleController\.query, parameter 1 \(@Query\): the class Unvalidated has no validators/,
      ],
      [
        'class-without-validators',
        /^HoleController\.nested, parameter 1 \(@Body\), Nesting\.inner: the class Unvalidated has no validators/,
      ],
    ],
  ],
  [
    'the whole as a scalar',
    () => {
      @Controller('/a')
      class WholeController {
        @Get('/q') q(@Query() q: string) {
          return q;
        }
        @Get('/h') h(@Headers() h: number) {
          return h;
        }
        @Get('/c') c(@Cookie() c: string[]) {
          return c;
        }
      }
      return one(WholeController);
    },
    [
      ['name-missing', /WholeController\.q.*cannot be converted to String\. Name the value: @Query\('name'\)/],
      ['name-missing', /WholeController\.h.*cannot be converted to Number/],
      ['name-missing', /WholeController\.c.*without a name/],
    ],
  ],
  [
    'two decorators on one parameter, and none',
    () => {
      @Controller('/a')
      class BothController {
        @Get('/x') x(@Req() @Query('q') q: HttpRequest) {
          return q;
        }
        @Get('/y') y(_nothing: string) {}
      }
      return one(BothController);
    },
    [
      ['type-unknown', /BothController\.x, parameter 1 \(@Query\)/],
      ['two-decorators', /BothController\.x, parameter 1 \(@Req\): two decorators give it a value/],
      ['undecorated-parameter', /BothController\.y, parameter 1: no decorator gives it a value/],
    ],
  ],
  [
    'a decorator on a parameter of a constructor',
    () => {
      @Controller('/a')
      class ConstructorController {
        constructor(@Query('q') _q?: string) {}
        @Get('/x') x() {}
      }
      return one(ConstructorController);
    },
    [
      [
        'constructor-parameter',
        /^ConstructorController, constructor parameter 1 \(@Query\): only the parameters of methods can be bound/,
      ],
      ['constructor-needs-resolve', /^ConstructorController: its constructor has parameters/],
    ],
  ],
  [
    'replies that cannot be made',
    () => {
      @Controller('/a')
      class ReplyController {
        @Get('/1') @HttpCode(99) one() {}
        @Get('/2') @Redirect('/x', 200) two() {}
        @Get('/3') @Header('bad name', 'x') three() {}
        @Get('/4') @Header('x', 'a\nb') four() {}
        @Get('/5') @ContentType('html' as 'text/html') five() {}
        @Get('/6') @Render('index.html') six() {}
        @Get('/7') @Render('index.html') @Redirect('/x') seven() {}
        @Get('/8') @HttpCode(null as never) eight() {}
        @Get('/9') @Redirect('') nine() {}
      }
      return one(ReplyController);
    },
    [
      ['invalid-status', /ReplyController\.one, @HttpCode: 99/],
      ['invalid-status', /ReplyController\.two, @Redirect: 200/],
      ['invalid-header', /ReplyController\.three, @Header/],
      ['invalid-header', /ReplyController\.four, @Header/],
      ['invalid-content-type', /ReplyController\.five, @ContentType: "html" is not a media type/],
      ['no-views', /ReplyController\.six, @Render: the app has no views/],
      ['two-reply-decorators', /ReplyController\.seven: it has more than one of @Redirect and @Render/],
      ['invalid-status', /ReplyController\.eight, @HttpCode: null/],
      ['empty-location', /ReplyController\.nine, @Redirect: the location is empty/],
    ],
  ],
  [
    'a constructor with parameters, and no resolve',
    () => {
      class Store {}
      @Controller('/a')
      class StoreController {
        readonly store: Store;
        constructor(store: Store) {
          this.store = store;
        }
        @Get('/x') x() {}
      }
      return one(StoreController);
    },
    [['constructor-needs-resolve', /^StoreController: its constructor has parameters, and the app has no "resolve"/]],
  ],
  [
    'no @Controller',
    () => {
      class PlainController {
        @Get('/x') x() {}
      }
      return one(PlainController);
    },
    [['not-a-controller', /^PlainController: it is in the list of controllers, but has no @Controller\(\)/]],
  ],
  [
    'no class, or one class twice',
    () => {
      @Controller('/a')
      class RepeatedController {
        @Get('/x') x() {}
      }
      return [RepeatedController, undefined as never, RepeatedController, {} as never];
    },
    [
      ['not-a-class', /^defineApp, controllers\[\d+\]: it is undefined, not a class/],
      ['duplicate-controller', /^defineApp, controllers\[\d+\]: RepeatedController is in the list already/],
      ['not-a-class', /^defineApp, controllers\[\d+\]: it is a value of type object, not a class/],
    ],
  ],
  [
    'decorators on what is not a route',
    () => {
      @Controller('/a')
      class StaticController {
        @Get('/x') static x() {}
        @HttpCode(201) forgotten() {}
      }
      return one(StaticController);
    },
    [
      ['static-method', /^StaticController\.x: it is static/],
      ['method-without-route', /^StaticController\.forgotten: it is decorated, but has no route/],
    ],
  ],
  [
    'functions that throw, and imports that are undefined',
    () => {
      @Controller('/looked')
      class GetterController {
        @Get('/getter') get getter(): () => string {
          throw new Error('a getter that fails');
        }
        @Post('/lazy') lazy(
          @Body(
            lazy(() => {
              throw new Error('not defined yet');
            }),
          )
          body: Valid,
        ) {
          return body;
        }
        // biome-ignore lint/suspicious/noExplicitAny: what two files that import each other give
        @Get('/use') @Use(undefined as any) use() {}
      }
      return one(GetterController);
    },
    [
      ['not-a-method', /^GetterController\.getter: it has a route, but is not a method/],
      [
        'lazy-type-failed',
        /^GetterController\.lazy, parameter 1 \(@Body\): the function of its lazy type throws: not defined yet/,
      ],
      ['middleware-not-a-function', /^GetterController\.use, @Use: it is undefined, not a function/],
    ],
  ],
  [
    'invalid paths',
    () => {
      @Controller('/a')
      class PathController {
        @Get('/:') one() {}
        @Get('/{b') two() {}
        @Get('/:a:b') three() {}
        @Get('/x*rest') four() {}
        @Get('/:a/:a') five() {}
        @Get('/what?') six() {}
        // Whether @Param is right is only known once both paths are valid.
        @Get(['/e/:', '/e/f']) seven(@Param('g?') g?: string) {
          return g;
        }
      }
      return one(PathController);
    },
    [
      ['invalid-path', /^PathController\.one: the path "\/a\/:" is invalid: /],
      ['invalid-path', /^PathController\.two: the path/],
      [
        'invalid-path',
        /^PathController\.three: the path "\/a\/:a:b" is invalid: ":a" and ":b" have no text between them/,
      ],
      ['invalid-path', /^PathController\.four: the path "\/a\/x\*rest" is invalid: "\*rest" is next to other text/],
      ['invalid-path', /^PathController\.five: the path "\/a\/:a\/:a" is invalid: two parameters are called "a"/],
      ['invalid-path', /^PathController\.six: the path/],
      ['invalid-path', /^PathController\.seven: the path/],
    ],
  ],
];

test.each(table)('%s', (_mistake, build, expected) => {
  const { codes, texts } = mistakesOf({ controllers: build() });
  expect(codes.toSorted()).toEqual(expected.map(([code]) => code).toSorted());
  for (const [, text] of expected) expect(texts).toContainEqual(expect.stringMatching(text));
});

test('every mistake of every controller is reported at once', () => {
  const { codes, texts } = mistakesOf({ controllers: table.flatMap(([, build]) => [...build()]) });
  expect(codes).toEqual(expect.arrayContaining(table.flatMap(([, , expected]) => expected.map(([code]) => code))));
  for (const [, , expected] of table) {
    for (const [, text] of expected) expect(texts).toContainEqual(expect.stringMatching(text));
  }
});

test('a mistake is data: its code, its place, what is wrong and the fix', () => {
  @Controller('/a')
  class DataController {
    @Get('/:id') one(@Param('name') name: string) {
      return name;
    }
    @Post('/b') two(@Body() body: Nesting) {
      return body;
    }
  }
  const broken = defineApp({ controllers: [DataController, DataController], timeout: -1 });
  let error: unknown;
  try {
    createHandler(broken);
  } catch (thrown) {
    error = thrown;
  }
  expect((error as StartupError).mistakes).toEqual([
    {
      code: 'duplicate-controller',
      option: 'controllers[1]',
      message: 'DataController is in the list already. Remove one.',
    },
    {
      code: 'unknown-path-parameter',
      controller: 'DataController',
      method: 'one',
      parameter: 1,
      decorator: '@Param',
      message: 'the path /a/:id has no parameter "name", only "id". Correct the name or the path.',
    },
    {
      code: 'class-without-validators',
      controller: 'DataController',
      method: 'two',
      parameter: 1,
      decorator: '@Body',
      dto: 'Nesting',
      property: 'inner',
      message: expect.stringContaining('the class Unvalidated has no validators'),
    },
    {
      code: 'invalid-option',
      option: 'timeout',
      message: '-1 is not a number from 1 to 2147483647. Correct it, or leave it out.',
    },
  ]);
});

describe('a number that an option cannot have is a mistake', () => {
  test.each<[option: 'timeout' | 'maxErrors' | 'bodyLimit', values: unknown[], text: RegExp]>([
    [
      'timeout',
      [0, -1, Number.NaN, '5000', null, 2 ** 31, Number.POSITIVE_INFINITY],
      /is not a number from 1 to 2147483647\./,
    ],
    ['maxErrors', [0, 0.5, Number.NaN, '7'], /is not a number from 1 on\./],
    ['bodyLimit', [0, -1, Number.NaN, '1mb'], /is not a number from 1 on\./],
  ])('%s: %j', (option, values, text) => {
    for (const value of values) {
      expect(mistakesOf({ controllers: [PlainController], [option]: value })).toEqual({
        codes: ['invalid-option'],
        texts: [expect.stringMatching(text)],
      });
    }
  });

  test.each([
    { timeout: 2 ** 31 - 1 },
    { maxErrors: 1 },
    { maxErrors: Number.POSITIVE_INFINITY },
    { bodyLimit: Number.POSITIVE_INFINITY },
  ])('but not %p', (options) => {
    expect(mistakesOf({ controllers: [PlainController], ...options }).codes).toEqual([]);
  });
});

test('a method with several paths may bind a parameter that only one of them has', async () => {
  @Controller()
  class PathsController {
    @Get(['/plain', '/:id2/:id']) show(@Param('id?') id?: string) {
      return { id };
    }
  }
  const app = defineApp({ controllers: [PathsController] });
  expect((await inject(app, '/plain')).json()).toEqual({});
  expect((await inject(app, '/a/b')).json()).toEqual({ id: 'b' });
});

test('a view that cannot be rendered is a mistake', () => {
  @Controller('/a')
  class ViewController {
    @Get('/x') @Render('missing.html') x() {}
  }
  const views = { findMistake: (view: string) => `there is no view ${view}`, render: () => '' };
  expect(mistakesOf({ controllers: [ViewController], views })).toEqual({
    codes: ['invalid-view'],
    texts: ['ViewController.x, @Render: there is no view missing.html'],
  });
});

test('a resolve that fails is a mistake, and the next try starts from nothing', async () => {
  @Controller('/a')
  class NeedyController {
    readonly value: string;
    constructor(value: string) {
      this.value = value;
    }
    @Get('/x') x() {
      return this.value;
    }
  }
  let isReady = false;
  let made = 0;
  const app: App = defineApp({
    controllers: [NeedyController],
    resolve: (type) => {
      if (!isReady) throw new Error('the database is not there');
      made++;
      return new (type as new (value: string) => never)('resolved');
    },
  });
  expect(() => createHandler(app)).toThrow('NeedyController: it could not be created: the database is not there');
  isReady = true;
  expect((await inject(app, '/a/x')).text()).toBe('resolved');
  await inject(app, '/a/x');
  toKoa(app);
  expect(made).toBe(1);
});

test.each([
  ['undefined, as of one of two files that import each other', undefined, 'the door got undefined in place of an app'],
  ['null', null, 'the door got null in place of an app'],
  ['the options of an app', { controllers: [] }, 'the door got a value of type object in place of an app'],
  ['a class', PlainController, 'the door got a value of type function in place of an app'],
])('what is not an app is a mistake at each door: %s', (_what, value, message) => {
  for (const open of [createHandler, toKoa, toRouter]) {
    expect(() => open(value as never)).toThrow(expect.objectContaining({ message: expect.stringContaining(message) }));
    expect(() => open(value as never)).toThrow(StartupError);
  }
});

test('a constructor that returns a promise is a mistake, which names the constructor', () => {
  @Controller()
  class AsyncController {
    constructor() {
      // biome-ignore lint/correctness/noConstructorReturn: what people write for an asynchronous constructor
      return Promise.resolve(this) as never;
    }
    @Get() x() {}
  }
  expect(mistakesOf({ controllers: [AsyncController] })).toEqual({
    codes: ['controller-not-created'],
    texts: [
      expect.stringMatching(/^AsyncController: .*its constructor returned a promise, .* in onStart, or in the methods/),
    ],
  });
});

test('the type of a class behind `import type` is a mistake, for each source that needs it', () => {
  class TypeOnlyController {
    create(_body: unknown) {}
    list(_page: unknown, _request: unknown) {}
  }
  // tsc emits Function for a class that it must not import.
  const { prototype } = TypeOnlyController;
  const decorate = (name: 'create' | 'list', decorators: ParameterDecorator[], route: MethodDecorator) => {
    Reflect.defineMetadata('design:paramtypes', [Function, Function], prototype, name);
    decorators.forEach((decorator, i) => {
      decorator(prototype, name, i);
    });
    route(prototype, name, Object.getOwnPropertyDescriptor(prototype, name)!);
  };
  decorate('create', [Body()], Post());
  decorate('list', [Query('page'), Req()], Get());
  Controller('/type-only')(TypeOnlyController);
  const { codes, texts } = mistakesOf({ controllers: [TypeOnlyController] });
  expect(codes).toEqual(['type-unknown', 'type-unknown']);
  expect(texts).toContainEqual(
    expect.stringMatching(
      /^TypeOnlyController\.create, parameter 1 \(@Body\): .*"import type".*: @Body\(CreateTodo\)\.$/,
    ),
  );
  expect(texts).toContainEqual(
    expect.stringMatching(/^TypeOnlyController\.list, parameter 1 \(@Query\): .*"import type"/),
  );
});

test('two apps in one process never see each other', async () => {
  function build(name: string) {
    @Controller('/same')
    class SameController {
      @Get('/') index() {
        return name;
      }
    }
    return defineApp({ controllers: [SameController] });
  }
  const [first, second] = [build('first'), build('second')];
  expect((await inject(first, '/same')).text()).toBe('first');
  expect((await inject(second, '/same')).text()).toBe('second');
  expect((await inject(first, '/same')).text()).toBe('first');
});
