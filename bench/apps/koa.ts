import { bodyParser } from '@koa/bodyparser';
import Router from '@koa/router';
import Koa from 'koa';
import { safeParse } from 'valibot';
import { FILLERS_AFTER, FILLERS_BEFORE } from './fillers.js';
import { PAGE } from './page.js';
import { created } from './todo.js';
import { TodoSchema } from './todo-schema.js';

/** The same app on Koa and @koa/router. */
export const koa = new Koa();
const router = new Router();

const fill = (path: string) =>
  router.get(path, (context) => {
    context.body = { id: context.params['id'] };
  });

FILLERS_BEFORE.forEach(fill);
router.get('/', (context) => {
  context.type = 'html';
  context.body = PAGE;
});
router.get('/hello/:name', (context) => {
  context.body = { hello: context.params['name'], x: Number(context.query['x']) };
});
router.post('/todos', bodyParser(), (context) => {
  const parsed = safeParse(TodoSchema, context.request.body);
  context.status = parsed.success ? 201 : 400;
  context.body = parsed.success ? created(parsed.output) : { issues: parsed.issues };
});
FILLERS_AFTER.forEach(fill);

koa.use(router.routes()).use(router.allowedMethods());
koa.silent = true;
