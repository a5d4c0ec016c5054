import 'reflect-metadata';
import type Koa from 'koa';
import {
  Body,
  ContentType,
  Controller,
  createKoaServer,
  Get,
  HttpCode,
  JsonController,
  Param,
  Post,
  QueryParam,
} from 'routing-controllers';
import { CreateTodo } from './create-todo.js';
import { FILLERS_AFTER, FILLERS_BEFORE } from './fillers.js';
import { PAGE } from './page.js';
import { created } from './todo.js';

@Controller()
class HomeController {
  @Get('/')
  @ContentType('text/html; charset=utf-8')
  page() {
    return PAGE;
  }
}

@JsonController()
class HelloController {
  @Get('/hello/:name')
  hello(@Param('name') name: string, @QueryParam('x') x: number) {
    return { hello: name, x };
  }

  @Post('/todos')
  @HttpCode(201)
  create(@Body() todo: CreateTodo) {
    return created(todo);
  }
}

function fillerControllers(paths: readonly string[]): (new () => object)[] {
  @JsonController()
  class FillerController {}
  paths.forEach((path, i) => {
    const descriptor = { value: (id: string) => ({ id }), configurable: true, writable: true };
    Object.defineProperty(FillerController.prototype, `show${i}`, descriptor);
    Reflect.defineMetadata('design:paramtypes', [String], FillerController.prototype, `show${i}`);
    Param('id')(FillerController.prototype, `show${i}`, 0);
    Get(path)(FillerController.prototype, `show${i}`);
  });
  return paths.length === 0 ? [] : [FillerController];
}

/** The same app on routing-controllers, on Koa. */
export const koa: Koa = createKoaServer({
  controllers: [
    ...fillerControllers(FILLERS_BEFORE),
    HomeController,
    HelloController,
    ...fillerControllers(FILLERS_AFTER),
  ],
  validation: { whitelist: true, forbidNonWhitelisted: true },
});
koa.silent = true;
