import { IsString } from 'class-validator';
import {
  All,
  type AppOptions,
  Body,
  Controller,
  defineApp,
  FormError,
  Get,
  OnInvalid,
  Param,
  Post,
  Put,
  Query,
  Render,
  Secret,
  type StartupError,
  type ViewEngine,
} from 'twodoors';
import { createHandler } from 'twodoors/lambda';
import { describeMistake } from '../../src/runtime/declarations/mistakes.js';

// What is wrong with forms is said when the app starts.

const VIEWS: ViewEngine = {
  findMistake: (view) => (view === 'form.html' ? undefined : `there is no view "${view}".`),
  render: () => '',
};

function mistakesOf(controller: AppOptions['controllers'][number], options: Partial<AppOptions> = { views: VIEWS }) {
  try {
    createHandler(defineApp({ controllers: [controller], ...options }));
  } catch (error) {
    return (error as StartupError).mistakes.map(describeMistake);
  }
  return [];
}

class Dto {
  @IsString() name!: string;
}

describe('@OnInvalid', () => {
  test('what is right has no mistakes', () => {
    class Base {
      @Get('/base') base() {
        return {};
      }
    }
    @Controller('/:id')
    class RightController extends Base {
      @Get() @Render('form.html') show(@Param('id') _id: number, @Param() _all: object, @Query('q?') _q?: string) {
        return {};
      }
      @Get('/:other') other(@Param('other', { optional: true }) _other?: string) {
        return {};
      }
      @Post() @OnInvalid('form.html', 'show') one(@Body() _dto: Dto) {}
      @Post('/two') @OnInvalid('form.html', 'base') two() {}
      @Post('/three') @OnInvalid('form.html', 'other') three() {}
      @All('/all') @OnInvalid('form.html') all() {}
    }
    expect(mistakesOf(RightController)).toEqual([]);
  });

  test('a view that does not exist, and an app without views', () => {
    @Controller()
    class ViewController {
      @Post() @OnInvalid('forms.html') send() {}
    }
    expect(mistakesOf(ViewController)).toEqual(['ViewController.send, @OnInvalid: there is no view "forms.html".']);
    expect(mistakesOf(ViewController, {})).toEqual([
      "ViewController.send, @OnInvalid: the app has no views. Pass an engine: defineApp({ views: nunjucks() }), from 'twodoors/views'.",
    ]);
  });

  test('a page that is not a method with a route', () => {
    @Controller()
    class PageController {
      @Get() show() {}
      unrouted() {}
      // @ts-expect-error a red line before it is a mistake
      @Post('/a') @OnInvalid('form.html', 'shwo') a() {}
      @Post('/b') @OnInvalid('form.html', 'unrouted') b() {}
      // @ts-expect-error the same
      @Post('/c') @OnInvalid('form.html', 'constructor') c() {}
    }
    const message = (name: string) =>
      `the controller has no method "${name}" with a route. Name the method that shows the page.`;
    expect(mistakesOf(PageController)).toEqual([
      `PageController.a, @OnInvalid: ${message('shwo')}`,
      `PageController.b, @OnInvalid: ${message('unrouted')}`,
      `PageController.c, @OnInvalid: ${message('constructor')}`,
    ]);
  });

  test('a page that binds a body, as the form itself does', () => {
    @Controller()
    class BodyController {
      @Post('/a') @OnInvalid('form.html', 'a') a() {}
      @Post('/b') @OnInvalid('form.html', 'c') b() {}
      @Post('/c') c(@Body() _dto: Dto) {}
    }
    expect(mistakesOf(BodyController)).toEqual(
      ['a', 'c'].map((name, i) =>
        expect.stringContaining(
          `BodyController.${'ab'[i]}, @OnInvalid: ${name}() binds a body, and the page is shown without one.`,
        ),
      ),
    );
  });

  test('a path parameter of the page that the path of the form does not have, for each of its paths', () => {
    @Controller()
    class PathController {
      @Get('/:id/:part') show(@Param('id') _id: number, @Param('part') _part: string) {}
      @Post(['/:id', '/:id/:part']) @OnInvalid('form.html', 'show') send() {}
      @Post('/new') @OnInvalid('form.html', 'show') create() {}
    }
    expect(mistakesOf(PathController)).toEqual([
      'PathController.send, @OnInvalid: show() binds "part" of its path, which /:id does not have. Add it to this path.',
      'PathController.create, @OnInvalid: show() binds "id" and "part" of its path, which /new does not have. Add it to this path.',
    ]);
  });

  test('what is wrong with the page itself is said once', () => {
    @Controller()
    class WrongController {
      @Get('/:id') show(@Param('id') _id: number, @Query('q') _q: Map<string, string>) {}
      @Post('/:id') @OnInvalid('form.html', 'show') send() {}
    }
    expect(mistakesOf(WrongController)).toEqual([
      expect.stringContaining('WrongController.show, parameter 2 (@Query): text cannot be converted to Map'),
    ]);
  });

  test('on a method without a route for POST, twice, and without parentheses', () => {
    @Controller()
    class OddController {
      @Get() @OnInvalid('form.html') show() {}
      @Put() @OnInvalid('form.html') put() {}
      @Post() @OnInvalid('form.html') @OnInvalid('form.html') twice() {}
    }
    expect(mistakesOf(OddController)).toEqual([
      'OddController.show, @OnInvalid: it has no route for POST, and only POST is how a form is sent. Remove it.',
      'OddController.put, @OnInvalid: it has no route for POST, and only POST is how a form is sent. Remove it.',
      'OddController.twice, @OnInvalid: it is there twice, and only one can apply. Remove one.',
    ]);
    expect(() => {
      class Bare {
        // @ts-expect-error it is called with the class
        @OnInvalid send() {}
      }
      return Bare;
    }).toThrow('@OnInvalid in or on the class Bare needs parentheses');
  });

  test('on an override without a route of its own', () => {
    class Base {
      @Post() send() {}
    }
    @Controller()
    class OverrideController extends Base {
      @OnInvalid('form.html') override send() {}
    }
    expect(mistakesOf(OverrideController)).toEqual([
      expect.stringContaining('it overrides a route, but has no route decorator of its own: @OnInvalid would apply'),
    ]);
  });
});

test('trim is an option of bodies alone', () => {
  @Controller()
  class TrimController {
    @Get() list(@Query('q', { trim: true }) _q: string) {}
    @Post() send(@Body('q', { trim: true }) _q: string) {}
  }
  expect(mistakesOf(TrimController)).toEqual([
    'TrimController.list, parameter 1 (@Query): "trim" is an option of a body alone. Remove it.',
  ]);
});

test('@Secret stands on properties', () => {
  const onMethod = () => {
    class Wrong {
      @Secret() show() {}
    }
    return Wrong;
  };
  expect(onMethod).toThrow('@Secret on Wrong.show: it is a decorator for properties of a DTO. Put it on a property.');
  expect(() => (Secret() as (target: object) => void)(class Wrong {})).toThrow('@Secret on Wrong: it is');
});

test('a FormError has a message', () => {
  expect(() => new FormError({})).toThrow('FormError: it has no message');
  expect(() => new FormError<Dto>({ name: undefined })).toThrow(TypeError);
  const error = new FormError<Dto>({ name: 'Taken', '': 'Not now' });
  expect([error.status, error.expose, error.message]).toEqual([400, true, 'body.name: Taken; body: Not now']);
  expect(new FormError({ name: 'x'.repeat(1000) }).errors![0]!.message).toHaveLength(200);
});
