import { IsInt } from 'class-validator';
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
  Param,
  Post,
  Query,
  Redirect,
  Render,
  Req,
  StartupError,
  Use,
} from 'twodoors';
import { toKoa, toRouter } from 'twodoors/koa';
import { createHandler } from 'twodoors/lambda';
import { inject } from 'twodoors/testing';

function mistakesOf(options: AppOptions): readonly string[] {
  const app = defineApp(options);
  try {
    createHandler(app);
  } catch (error) {
    expect(error).toBeInstanceOf(StartupError);
    // Every door says the same, and a failed try leaves nothing behind.
    expect(() => toKoa(app)).toThrow((error as Error).message);
    expect(() => toRouter(app)).toThrow((error as Error).message);
    expect((error as Error).message).toContain((error as StartupError).mistakes[0]);
    return (error as StartupError).mistakes;
  }
  return [];
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

type Build = () => AppOptions['controllers'];

const one = (type: AppOptions['controllers'][number]) => [type];

const table: [mistake: string, build: Build, expected: (string | RegExp)[]][] = [
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
      /^GET \/a\/:name\/ \(DuplicateController\.two\): it matches the same requests as GET \/a\/:id \(DuplicateController\.one\)/,
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
    [/GroupController\.two.*matches the same requests as.*GroupController\.one/],
  ],
  [
    'a path that can be read in two ways',
    () => {
      @Controller('/twice')
      class TwiceController {
        @Get('{/:b}{/:c}') one() {}
      }
      return one(TwiceController);
    },
    [/TwiceController\.one.*can be read in two ways/],
  ],
  [
    'case that does not matter',
    () => {
      @Controller('/a')
      class CaseController {
        @Get('/B') one() {}
        @Get('/b') two() {}
      }
      return one(CaseController);
    },
    [/CaseController\.two/],
  ],
  [
    'a parameter that is not in the path',
    () => {
      @Controller('/a')
      class ParamController {
        @Get('/:id') one(@Param('name') name: string) {
          return name;
        }
      }
      return one(ParamController);
    },
    [/^ParamController\.one, parameter 1 \(@Param\): the path \/a\/:id has no parameter "name" \(it has "id"\)/],
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
      }
      return one(BodyController);
    },
    [/^BodyController\.two: two parameters bind the body/, /^BodyController\.get: it binds the body of a GET/],
  ],
  [
    'types that leave nothing at run time',
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
      /^TypeController\.interface, parameter 1 \(@Body\): its type is not known.*@Body\(CreateTodo\)/,
      /^TypeController\.any, parameter 1 \(@Body\)/,
      /^TypeController\.list, parameter 1 \(@Body\): it is a list.*@Body\(\[Item\]\)/,
      /^TypeController\.union, parameter 1 \(@Query\)/,
      /^TypeController\.default, parameter 1 \(@Query\): its type is not known.*@Query\('verbose', Number\)/,
      /^TypeController\.tags, parameter 1 \(@Query\): it is a list.*@Query\('t', \[Item\]\)/,
      /^TypeController\.class, parameter 1 \(@Query\): its type, Valid, cannot be made of text/,
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
      }
      return one(HoleController);
    },
    [
      /^HoleController\.body, parameter 1 \(@Body\): the class Unvalidated has no validators/,
      /^HoleController\.query, parameter 1 \(@Query\): the class Unvalidated has no validators/,
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
    [/WholeController\.q.*without a name/, /WholeController\.h.*without a name/, /WholeController\.c.*without a name/],
  ],
  [
    'two decorators on one parameter',
    () => {
      @Controller('/a')
      class BothController {
        @Get('/x') x(@Req() @Query('q') q: HttpRequest) {
          return q;
        }
      }
      return one(BothController);
    },
    [/two decorators that give it a value/, /BothController\.x, parameter 1 \(@Query\)/],
  ],
  [
    'replies that cannot be',
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
      }
      return one(ReplyController);
    },
    [
      /ReplyController\.one, @HttpCode: 99/,
      /ReplyController\.two, @Redirect: 200/,
      /ReplyController\.three, @Header/,
      /ReplyController\.four, @Header/,
      /ReplyController\.five, @ContentType/,
      /ReplyController\.six, @Render: the app has no views/,
      /ReplyController\.seven: it has more than one of @Redirect and @Render/,
      /ReplyController\.eight, @HttpCode: null/,
    ],
  ],
  [
    'a constructor with parameters, and nobody to give them',
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
    [/^StoreController: its constructor has parameters/],
  ],
  [
    'no @Controller',
    () => {
      class PlainController {
        @Get('/x') x() {}
      }
      return one(PlainController);
    },
    [/^PlainController: it is among the controllers, but not decorated/],
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
    [/controllers\[1\] is undefined, not a class/, /RepeatedController stands twice/, /controllers\[3\] is a object/],
  ],
  [
    'a static method',
    () => {
      @Controller('/a')
      class StaticController {
        @Get('/x') static x() {}
      }
      return one(StaticController);
    },
    [/^StaticController\.x: it is static/],
  ],
  [
    'what fails when it is looked at',
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
      /^GetterController\.getter: it has a route, but is not a method/,
      /^GetterController\.lazy, parameter 1 \(@Body\): its lazy type cannot be looked up: not defined yet/,
      /^GetterController\.use, @Use: middleware 1 is undefined, not a function/,
    ],
  ],
  [
    'paths that cannot be read',
    () => {
      @Controller('/a')
      class PathController {
        @Get('/:') one() {}
        @Get('/{b') two() {}
        @Get('/:a:b') three() {}
        @Get('/x*rest') four() {}
        @Get('/:a/:a') five() {}
        @Get('/what?') six() {}
      }
      return one(PathController);
    },
    [
      /^PathController\.one: the path "\/a\/:" cannot be read/,
      /^PathController\.two: the path/,
      /^PathController\.three: the path "\/a\/:a:b" has ":a" and ":b" with no text between them/,
      /^PathController\.four: the path "\/a\/x\*rest" has "\*rest" beside other text/,
      /^PathController\.five: the path "\/a\/:a\/:a" has two parameters called "a"/,
      /^PathController\.six: the path/,
    ],
  ],
];

test.each(table)('%s', (_mistake, build, expected) => {
  const mistakes = mistakesOf({ controllers: build() });
  expect(mistakes).toHaveLength(expected.length);
  for (const pattern of expected) expect(mistakes).toContainEqual(expect.stringMatching(pattern));
});

test('every mistake of every controller is reported at once', () => {
  const all = table.flatMap(([, build]) => [...build()]);
  const mistakes = mistakesOf({ controllers: all });
  for (const [, , expected] of table) {
    for (const pattern of expected) {
      if (String(pattern).includes('controllers')) continue;
      expect(mistakes).toContainEqual(expect.stringMatching(pattern));
    }
  }
});

test('an unknown view is a mistake', () => {
  @Controller('/a')
  class ViewController {
    @Get('/x') @Render('missing.html') x() {}
  }
  const views = { findProblem: (view: string) => `there is no view ${view}`, render: () => '' };
  expect(mistakesOf({ controllers: [ViewController], views })).toEqual([
    'ViewController.x, @Render: there is no view missing.html',
  ]);
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
  expect(() => createHandler(app)).toThrow('NeedyController: it could not be constructed: the database is not there');
  isReady = true;
  expect((await inject(app, '/a/x')).text()).toBe('resolved');
  await inject(app, '/a/x');
  toKoa(app);
  expect(made).toBe(1);
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
