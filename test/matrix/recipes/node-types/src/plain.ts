import { Controller, defineApp, Get } from 'twodoors';
import { serve } from 'twodoors/koa';

@Controller('/todos')
class TodoController {
  @Get()
  list() {
    return [];
  }
}

await serve(defineApp({ controllers: [TodoController] }), { port: 0 });
