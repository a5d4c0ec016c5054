/** A request to the app of the matrix, and the reply that every result of every tool must send. */
export interface Row {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly type?: string;
  readonly body?: string;
  readonly reply: { readonly status: number; readonly type: string; readonly body: unknown };
}

const JSON_TYPE = 'application/json; charset=utf-8';

const PAGE = `<!doctype html>
<title>Todos</title>
<ul>
  <li>Buy &lt;tea&gt;</li>
  <li>Read</li>
  <li>Walk</li>
</ul>
<form method="post" action="/todos">
  <label>Title <input name="title"></label>
  <button>Add</button>
</form>
`;

function invalid(...errors: { in: string; path: string; message: string; constraints?: object }[]): Row['reply'] {
  const detail = errors.map((error) => `${error.in}.${error.path}: ${error.message}`).join('; ');
  const body = { type: 'about:blank', title: 'Bad Request', status: 400, detail, errors };
  return { status: 400, type: 'application/problem+json', body };
}

/**
 * The body of a reply as it is compared: the order of the properties of a DTO is the compiler's, and the `requestId` of a 500
 * is another one each time.
 */
export function comparableBody(type: string | undefined, body: string): unknown {
  if (!type?.includes('json')) return body;
  const value = JSON.parse(body) as object;
  if ('requestId' in value) delete value.requestId;
  return value;
}

/** In this order, in one process. */
export const ROWS: readonly Row[] = [
  {
    method: 'GET',
    path: '/todos?limit=1',
    reply: { status: 200, type: JSON_TYPE, body: [{ title: 'Buy <tea>', priority: 1 }] },
  },
  {
    method: 'POST',
    path: '/todos',
    type: 'application/json',
    body: '{"title":"Read"}',
    reply: { status: 200, type: JSON_TYPE, body: { title: 'Read', priority: 3 } },
  },
  {
    method: 'POST',
    path: '/todos',
    type: 'application/x-www-form-urlencoded',
    body: 'title=Walk&priority=5',
    reply: { status: 200, type: JSON_TYPE, body: { title: 'Walk', priority: 5 } },
  },
  {
    method: 'POST',
    path: '/todos',
    type: 'application/json',
    body: '{"title":"","priority":6}',
    reply: invalid(
      {
        in: 'body',
        path: 'title',
        message: 'title must be longer than or equal to 1 characters',
        constraints: { minLength: 'title must be longer than or equal to 1 characters' },
      },
      {
        in: 'body',
        path: 'priority',
        message: 'priority must not be greater than 5',
        constraints: { max: 'priority must not be greater than 5' },
      },
    ),
  },
  {
    method: 'GET',
    path: '/todos?limit=many',
    reply: invalid({ in: 'query', path: 'limit', message: 'limit must be a decimal number' }),
  },
  { method: 'GET', path: '/todos/page', reply: { status: 200, type: 'text/html; charset=utf-8', body: PAGE } },
  {
    method: 'GET',
    path: '/todos/bug',
    reply: {
      status: 500,
      type: 'application/problem+json',
      body: { type: 'about:blank', title: 'Internal Server Error', status: 500 },
    },
  },
];
