import { Controller, defineApp, Get, Param } from 'twodoors';
import { createHandler } from 'twodoors/lambda';

@Controller()
class HelloController {
  @Get('/hello/:name')
  hello(@Param('name') name: string) {
    return { hello: name };
  }
}

export const handler = createHandler(defineApp({ controllers: [HelloController] }));
