import fastify from 'fastify';
import { FILLERS_AFTER, FILLERS_BEFORE } from './fillers.js';
import { PAGE } from './page.js';
import { created, type Todo } from './todo.js';
import { TODO_JSON_SCHEMA } from './todo-json-schema.js';

/** The same app on Fastify. */
export const app = fastify();

const fill = (path: string) =>
  app.get<{ Params: { id: string } }>(path, async (request) => ({ id: request.params.id }));

FILLERS_BEFORE.forEach(fill);
app.get('/', async (_request, reply) => reply.type('text/html; charset=utf-8').send(PAGE));
app.get<{ Params: { name: string }; Querystring: { x: number } }>(
  '/hello/:name',
  { schema: { querystring: { type: 'object', required: ['x'], properties: { x: { type: 'number' } } } } },
  async (request) => ({ hello: request.params.name, x: request.query.x }),
);
app.post<{ Body: Todo }>('/todos', { schema: { body: TODO_JSON_SCHEMA } }, async (request, reply) => {
  reply.code(201);
  return created(request.body);
});
FILLERS_AFTER.forEach(fill);
