import { ContentType, Controller, defineApp, Get, Param, Query } from 'twodoors';
import { createHandler } from 'twodoors/lambda';
import { PAGE } from '../../page.js';

@Controller()
class HomeController {
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

export const handler = createHandler(defineApp({ controllers: [HomeController] }));
