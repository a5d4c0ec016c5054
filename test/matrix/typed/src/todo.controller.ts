import { Body, Controller, Get, Post, Query, Render } from 'twodoors';
import { NewTodo } from './new-todo.js';

// Each type is passed to its decorator, since the compiler emits none.
@Controller('/todos')
export class TodoController {
  private readonly todos: NewTodo[] = [{ title: 'Buy <tea>', priority: 1 }];

  @Get()
  list(@Query('limit', Number) limit: number = 10) {
    return this.todos.slice(0, limit);
  }

  @Post()
  create(@Body(NewTodo) todo: NewTodo) {
    this.todos.push(todo);
    return todo;
  }

  @Get('/page')
  @Render('todos.html')
  page() {
    return { todos: this.todos };
  }

  @Get('/bug')
  bug() {
    throw new Error('A bug');
  }
}
