import { Router } from '@aws-lambda-powertools/event-handler/http';
import type { Context } from 'aws-lambda';
import { FILLERS_AFTER, FILLERS_BEFORE } from './fillers.js';
import { PAGE } from './page.js';
import { created } from './todo.js';
import { TodoSchema } from './todo-schema.js';

/** The same app on the event handler of AWS's Powertools. */
const app = new Router();

const fill = (path: string) => app.get(path as `/${string}`, ({ params }) => ({ id: params['id'] ?? '' }));

FILLERS_BEFORE.forEach(fill);
app.get('/', () => new Response(PAGE, { headers: { 'content-type': 'text/html; charset=utf-8' } }));
app.get('/hello/:name', ({ params, req }) => ({
  hello: params['name'] ?? '',
  x: Number(new URL(req.url).searchParams.get('x')),
}));
app.post('/todos', ({ valid }) => Response.json(created(valid.req.body), { status: 201 }), {
  validation: { req: { body: TodoSchema } },
});
FILLERS_AFTER.forEach(fill);

export const handler = (event: unknown, context: Context): Promise<unknown> => app.resolve(event, context);
