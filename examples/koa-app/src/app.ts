import { Body, Controller, defineApp, Get, HttpCode, NotFoundError, Param, Post } from 'twodoors';

@Controller('/todos')
class TodoController {
  readonly #todos: string[] = ['Write an example'];

  @Get('/:id')
  show(@Param('id') id: number) {
    const title = this.#todos[id - 1];
    if (title === undefined) throw new NotFoundError();
    return { id, title };
  }

  @Post()
  @HttpCode(201)
  create(@Body('title') title: string) {
    return { id: this.#todos.push(title), title };
  }
}

export const app = defineApp({ controllers: [TodoController] });
