/** A project whose files import each other, so that one needs a class before it is there. */
export const CIRCULAR = {
  'src/bootstrap-koa.ts': `
import { serve } from 'twodoors/koa';
import { app } from './app.js';
await serve(app, { port: Number(process.env.PORT) });
`,
  'src/bootstrap-lambda.ts': `
import { createHandler } from 'twodoors/lambda';
import { app } from './app.js';
export const handler = createHandler(app);
`,
  'src/app.ts': `
import { defineApp } from 'twodoors';
import { Todos } from './todos.js';
export const app = defineApp({ controllers: [Todos] });
`,
  'src/todos.ts': `
import { Body, Controller, Post } from 'twodoors';
import { CreateTodo } from './create-todo.js';
export class Model {}
@Controller()
export class Todos {
  @Post('/') create(@Body() input: CreateTodo) { return input; }
}
`,
  'src/create-todo.ts': `
import { IsInt } from 'class-validator';
import { Model } from './todos.js';
export class CreateTodo extends Model { @IsInt() priority: number = 3; }
`,
};

/** How its message names them, whichever comes first. */
export const WAY =
  /src\/(?:todos\.ts -> src\/create-todo\.ts -> src\/todos\.ts|create-todo\.ts -> src\/todos\.ts -> src\/create-todo\.ts)/;
