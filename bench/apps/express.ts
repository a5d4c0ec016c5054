import express from 'express';
import { safeParse } from 'valibot';
import { FILLERS_AFTER, FILLERS_BEFORE } from './fillers.js';
import { PAGE } from './page.js';
import { created } from './todo.js';
import { TodoSchema } from './todo-schema.js';

/** The same app on Express. */
export const app = express();

const fill = (path: string) => app.get(path, (request, response) => response.json({ id: request.params['id'] }));

FILLERS_BEFORE.forEach(fill);
app.get('/', (_request, response) => response.type('html').send(PAGE));
app.get('/hello/:name', (request, response) => {
  response.json({ hello: request.params.name, x: Number(request.query['x']) });
});
app.post('/todos', express.json(), (request, response) => {
  const parsed = safeParse(TodoSchema, request.body);
  if (parsed.success) response.status(201).json(created(parsed.output));
  else response.status(400).json({ issues: parsed.issues });
});
FILLERS_AFTER.forEach(fill);

// Express's own 404 throws behind @codegenie/serverless-express, whose socket has no `on`.
app.use((_request, response) => response.status(404).json({ message: 'Not Found' }));
