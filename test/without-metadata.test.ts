import { IsInt, IsString } from 'class-validator';
import { Body, Controller, defineApp, Get, Param, Post, Query, StartupError } from 'twodoors';
import { inject } from 'twodoors/testing';

// What esbuild and tsx make of decorators: they are called, and no types are left.

class Dto {
  name!: string;
  count!: number;
}
IsString()(Dto.prototype, 'name');
IsInt()(Dto.prototype, 'count');

function build(decorate: (prototype: object) => void) {
  class BareController {
    show(id: number, tags: string[], draft = false) {
      return { id, tags, draft };
    }
    create(input: Dto) {
      return { input, isDto: input instanceof Dto };
    }
  }
  decorate(BareController.prototype);
  Controller('/bare')(BareController);
  return defineApp({ controllers: [BareController] });
}

const routes = (prototype: object) => {
  Get('/:id')(prototype, 'show', {});
  Post()(prototype, 'create', {});
};

test('explicit types are all that is needed', async () => {
  const app = build((prototype) => {
    routes(prototype);
    Param('id', Number)(prototype, 'show', 0);
    Query('tag', [String])(prototype, 'show', 1);
    Query('draft', Boolean)(prototype, 'show', 2);
    Body(Dto)(prototype, 'create', 0);
  });
  expect((await inject(app, '/bare/7?tag=a&tag=b')).json()).toEqual({ id: 7, tags: ['a', 'b'], draft: false });
  expect((await inject(app, '/bare', { json: { name: 'x', count: 1 } })).json()).toEqual({
    input: { name: 'x', count: 1 },
    isDto: true,
  });
  expect((await inject(app, '/bare', { json: { name: 'x', count: '1' } })).status).toBe(400);
});

test('without them startup names class, method, parameter and both fixes', async () => {
  const app = build((prototype) => {
    routes(prototype);
    Param('id')(prototype, 'show', 0);
    Query('tag', [String])(prototype, 'show', 1);
    Body()(prototype, 'create', 0);
  });
  const error = await inject(app, '/bare/7').catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(StartupError);
  expect((error as StartupError).mistakes).toEqual([
    {
      code: 'type-unknown',
      controller: 'BareController',
      method: 'show',
      parameter: 1,
      decorator: '@Param',
      message: expect.stringMatching(
        /^its type is unknown: the compiler emitted no metadata.*Compile with emitDecoratorMetadata, or pass the type: @Param\('id', Number\)/,
      ),
    },
    {
      code: 'type-unknown',
      controller: 'BareController',
      method: 'create',
      parameter: 1,
      decorator: '@Body',
      message: expect.stringContaining('@Body(lazy(() => CreateTodo))'),
    },
  ]);
});
