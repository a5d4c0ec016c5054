import { Controller, defineApp, Get, type Middleware, Param, Query } from 'twodoors';
import { createHandler } from 'twodoors/lambda';

const timing: Middleware = async (_request, next) => {
  const reply = await next();
  reply.headers['server-timing'] = 'app';
  return reply;
};

@Controller()
class HomeController {
  @Get('/hello/:name')
  hello(@Param('name') name: string, @Query('x') x: number) {
    return { hello: name, x };
  }
}

export const handler = createHandler(defineApp({ controllers: [HomeController], use: [timing] }));
