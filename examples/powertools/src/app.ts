import { Body, Controller, defineApp, HttpCode, Post } from 'twodoors';
import { logger, observe } from './observe.js';

@Controller('/orders')
class OrderController {
  @Post()
  @HttpCode(201)
  create(@Body('item') item: string, @Body('count') count: number) {
    logger.info('ordered', { item, count });
    return { item, count };
  }
}

export const app = defineApp({
  controllers: [OrderController],
  use: [observe],
  log: (_error, _request, record) => logger.error(record.msg, { error: record.err }),
});
