import 'reflect-metadata';
import { IsInt } from 'class-validator';
import {
  Body,
  Controller,
  defineApp,
  defineRouteMetadata,
  Get,
  HttpCode,
  type HttpRequest,
  Param,
  Post,
  Query,
  Render,
  Req,
} from 'twodoors';
import { outlineOf } from '../src/runtime/declarations/calls/outline.js';
import type { AppPlan } from '../src/runtime/plan/app-plan.js';
import { planApp } from '../src/runtime/plan/plan-app.js';
import { writePlan } from '../src/runtime/plan/write-plan.js';

const Summary = defineRouteMetadata<string>('summary');
const Limits = defineRouteMetadata<{ perMinute: number; by?: () => string }>('limits');
const Hidden = defineRouteMetadata<boolean>();

class Todo {
  @IsInt() rank: number = 3;
}

@Summary('Everything about todos')
class Base {
  @Get('/base') base(): string {
    return '';
  }
}

@Controller('/todos')
class TodoController extends Base {
  @Get('/:id') @Summary('One todo') @Limits({ perMinute: 3, by: () => 'ip' }) show(@Param('id') _id: number): Todo {
    return new Todo();
  }
  @Post() @HttpCode(201) @Hidden(true) async create(
    @Body() _todo: Todo,
    @Query('verbose') _verbose: boolean = false,
    @Query() _all: Record<string, string>,
    @Req() _request: HttpRequest,
  ): Promise<Todo> {
    return new Todo();
  }
  @Get('/count') count(): number {
    return 1;
  }
  @Get('/page') @Render('todos.html') page(): void {}
  @Get('/any') any(): Todo | null {
    return null;
  }
}

const views = { render: () => '', findMistake: () => undefined };
const { options } = defineApp({ controllers: [TodoController], views });
const plan = JSON.parse(JSON.stringify(planApp(options))) as AppPlan;

const described = (path: string) => {
  const at = plan.routes.findIndex((route) => route.path === `/todos${path}`);
  return { ...plan.descriptions[at], reply: plan.routes[at]!.reply };
};

test('there is one for each route', () => {
  expect(plan.descriptions).toHaveLength(plan.routes.length);
});

test.each([
  [
    '/:id',
    {
      args: ['id'],
      returns: { class: 'Todo' },
      metadata: { summary: 'One todo', limits: { perMinute: 3, by: { hole: 'function' } } },
      reply: {},
    },
  ],
  [
    '',
    {
      args: ['Todo', 'verbose', 'query', 'request'],
      metadata: { summary: 'Everything about todos' },
      reply: { status: 201 },
    },
  ],
  ['/count', { args: [], returns: 'number', metadata: { summary: 'Everything about todos' }, reply: {} }],
  ['/page', { args: [], metadata: { summary: 'Everything about todos' }, reply: { view: 'todos.html' } }],
  ['/any', { args: [], metadata: { summary: 'Everything about todos' }, reply: {} }],
  ['/base', { args: [], returns: 'string', metadata: { summary: 'Everything about todos' }, reply: {} }],
])('%s: names, what it returns, and metadata that has a name', (path, expected) => {
  expect(described(path)).toEqual(expected);
});

test('the plan has defaults of DTO properties, and a bundle’s has neither them nor descriptions', () => {
  expect(plan.dtos[0]!.properties[0]).toMatchObject({ name: 'rank', default: 3 });
  const text = JSON.stringify(writePlan(plan, outlineOf(options)));
  expect(text).not.toMatch(/Everything about todos|One todo|\bdefault\b|descriptions/);
});
