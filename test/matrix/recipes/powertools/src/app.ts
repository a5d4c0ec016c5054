import { defineApp } from 'twodoors';
import { nunjucks } from 'twodoors/views';
import { logger, observe } from './observe.js';
import { TodoController } from './todo.controller.js';

export const app = defineApp({
  controllers: [TodoController],
  views: nunjucks(),
  use: [observe],
  log: (_error, _request, record) => logger.error(record.msg, { error: record.err }),
});
