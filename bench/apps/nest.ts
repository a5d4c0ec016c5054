import 'reflect-metadata';
import {
  Body,
  Controller,
  Get,
  Header,
  HttpCode,
  Module,
  Param,
  ParseIntPipe,
  Post,
  Query,
  ValidationPipe,
} from '@nestjs/common';
import { CreateTodo } from './create-todo.js';
import { FILLERS_AFTER, FILLERS_BEFORE } from './fillers.js';
import { PAGE } from './page.js';
import { created } from './todo.js';

@Controller()
class HomeController {
  @Get('/')
  @Header('content-type', 'text/html; charset=utf-8')
  page() {
    return PAGE;
  }

  @Get('/hello/:name')
  hello(@Param('name') name: string, @Query('x', ParseIntPipe) x: number) {
    return { hello: name, x };
  }

  @Post('/todos')
  @HttpCode(201)
  create(@Body() todo: CreateTodo) {
    return created(todo);
  }
}

function fillerControllers(paths: readonly string[]): (new () => object)[] {
  @Controller()
  class FillerController {}
  paths.forEach((path, i) => {
    const descriptor = { value: (id: string) => ({ id }), configurable: true, writable: true };
    Object.defineProperty(FillerController.prototype, `show${i}`, descriptor);
    Reflect.defineMetadata('design:paramtypes', [String], FillerController.prototype, `show${i}`);
    Param('id')(FillerController.prototype, `show${i}`, 0);
    Get(path)(FillerController.prototype, `show${i}`, descriptor);
  });
  return paths.length === 0 ? [] : [FillerController];
}

/** The same app on NestJS. */
@Module({
  controllers: [...fillerControllers(FILLERS_BEFORE), HomeController, ...fillerControllers(FILLERS_AFTER)],
})
export class AppModule {}

/** As its documentation has it for DTOs. */
export const validation = new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true });
