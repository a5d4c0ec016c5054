import { Body, ContentType, Controller, Get, HttpCode, Param, Post, Query } from 'twodoors';
import { CreateTodo } from '../../create-todo.js';
import { PAGE } from '../../page.js';
import { created } from '../../todo.js';

@Controller()
export class HomeController {
  @Get('/')
  @ContentType('text/html')
  page() {
    return PAGE;
  }

  @Get('/hello/:name')
  hello(@Param('name') name: string, @Query('x') x: number) {
    return { hello: name, x };
  }
}

@Controller('/todos')
export class TodoController {
  @Post('/')
  @HttpCode(201)
  create(@Body() todo: CreateTodo) {
    return created(todo);
  }
}
