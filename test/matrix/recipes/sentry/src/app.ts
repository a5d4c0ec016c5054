import { captureException } from '@sentry/aws-serverless';
import { defineApp } from 'twodoors';
import { nunjucks } from 'twodoors/views';
import { TodoController } from './todo.controller.js';

export const app = defineApp({
  controllers: [TodoController],
  views: nunjucks(),
  // A bug is a reply of 500, and no error of the handler, which is all that wrapHandler sees.
  log: (error, request, record) => {
    captureException(error, { tags: { route: request?.route?.path } });
    console.error(JSON.stringify(record));
  },
});
