import { vValidator } from '@hono/valibot-validator';
import { type Context, Hono } from 'hono';
import { FILLERS_AFTER, FILLERS_BEFORE } from './fillers.js';
import { PAGE } from './page.js';
import { created } from './todo.js';
import { TodoSchema } from './todo-schema.js';

/** The same app on Hono. */
export const app = new Hono();

const fill = (path: string) => app.get(path, (context: Context) => context.json({ id: context.req.param('id') }));

FILLERS_BEFORE.forEach(fill);
app.get('/', (context) => context.html(PAGE));
app.get('/hello/:name', (context) =>
  context.json({ hello: context.req.param('name'), x: Number(context.req.query('x')) }),
);
app.post('/todos', vValidator('json', TodoSchema), (context) => context.json(created(context.req.valid('json')), 201));
FILLERS_AFTER.forEach(fill);
