import createAPI, { type HandlerFunction, type Request, type Response } from 'lambda-api';
import { FILLERS_AFTER, FILLERS_BEFORE } from './fillers.js';
import { PAGE } from './page.js';
import { created, isTodo } from './todo.js';

/** The same app on lambda-api, which leaves validation to its user. */
const api = createAPI();

const fill = (path: string) => api.get(path, ((request) => ({ id: request.params['id'] })) as HandlerFunction);

FILLERS_BEFORE.forEach(fill);
api.get('/', (_request: Request, response: Response) => response.html(PAGE));
api.get('/hello/:name', (request: Request) => ({ hello: request.params['name'], x: Number(request.query['x']) }));
api.post('/todos', (request: Request, response: Response) =>
  isTodo(request.body)
    ? response.status(201).json(created(request.body))
    : response.status(400).json({ message: 'The body is no todo' }),
);
FILLERS_AFTER.forEach(fill);

export const handler = (event: never, context: never): Promise<unknown> => api.run(event, context);
