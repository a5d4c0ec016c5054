import { trace } from '@opentelemetry/api';
import { defineApp, type Middleware } from 'twodoors';
import { nunjucks } from 'twodoors/views';
import { TodoController } from './todo.controller.js';

/** What the span of the invocation does not know: which route it was, and its status. */
const observe: Middleware = async (request, next) => {
  const reply = await next();
  const span = trace.getActiveSpan();
  if (request.route !== undefined) span?.setAttribute('http.route', request.route.path);
  span?.setAttribute('http.response.status_code', reply.status);
  return reply;
};

export const app = defineApp({
  controllers: [TodoController],
  views: nunjucks(),
  use: [observe],
  // A bug is a reply of 500, and no error of the handler: say it to the span.
  log: (error) => trace.getActiveSpan()?.recordException(error as Error),
});
