import { Controller, defineApp, Get, Param } from 'twodoors';

@Controller('/hello')
class HelloController {
  @Get('/:name')
  hello(@Param('name') name: string) {
    return `Hello, ${name}!`;
  }
}

export const app = defineApp({ controllers: [HelloController] });
