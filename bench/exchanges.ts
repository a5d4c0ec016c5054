import type { Candidate } from './candidates.js';
import { ROUTES_PER_CLASS } from './write-classes.js';

/** A request that every candidate gets. */
export interface SentRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly body?: string;
  /** The type of the body. Default: JSON. */
  readonly type?: string;
}

/** The reply to it, at either door. */
export interface ReceivedReply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** A request, with a check of its reply. */
export interface Exchange {
  readonly name: string;
  readonly request: SentRequest;
  /** Returns what is wrong; undefined for a right reply. */
  check(reply: ReceivedReply): string | undefined;
}

/** Names that take turns, so that no candidate can reply from a cache. */
export const NAMES: readonly string[] = Array.from({ length: 64 }, (_, i) => `name-${i}`);

/** A valid todo. */
export const todo = (i: number) => ({
  title: `Write chapter ${i}`,
  priority: (i % 5) + 1,
  done: i % 2 === 0,
  owner: `owner-${i}`,
  tags: ['book', 'draft'],
});

/** `GET /hello/:name?x=1`. */
export const hello = (name: string): SentRequest => ({ method: 'GET', path: `/hello/${name}`, query: 'x=1' });

/** `POST /todos`. */
export const post = (body: unknown): SentRequest => ({
  method: 'POST',
  path: '/todos',
  query: '',
  body: JSON.stringify(body),
});

const get = (path: string): SentRequest => ({ method: 'GET', path, query: '' });

function json(status: number, value: unknown): Exchange['check'] {
  return (reply) => {
    if (reply.status !== status) return `status ${reply.status}, not ${status}: ${reply.body.slice(0, 200)}`;
    if (!reply.contentType.startsWith('application/json')) return `content-type ${reply.contentType}`;
    const sorted = (text: string) => JSON.stringify(Object.entries(JSON.parse(text) as object).sort());
    return sorted(reply.body) === sorted(JSON.stringify(value)) ? undefined : `body ${reply.body.slice(0, 200)}`;
  };
}

/** The exchanges that a candidate has to pass before its figures count; with fillers, those as well. */
export function exchangesFor({ lacks, hasNoFillers = false, classRoutes }: Candidate, fillers: number): Exchange[] {
  const exchanges: Exchange[] = [
    { name: 'GET /hello/:name', request: hello('Ada'), check: json(200, { hello: 'Ada', x: 1 }) },
    {
      name: 'an unknown path',
      request: get('/nowhere'),
      check: ({ status }) => (status === 404 ? undefined : `status ${status}, not 404`),
    },
  ];
  if (lacks !== 'all but hello') {
    exchanges.push({
      name: 'GET /',
      request: get('/'),
      check: ({ status, contentType, body }) =>
        status === 200 && contentType.startsWith('text/html') && body.includes('<h1>Todos</h1>')
          ? undefined
          : `status ${status}, content-type ${contentType}, body ${body.slice(0, 200)}`,
    });
  }
  if (lacks === undefined) {
    exchanges.push(
      { name: 'POST /todos', request: post(todo(1)), check: json(201, { id: 1, ...todo(1) }) },
      {
        name: 'POST /todos, invalid',
        request: post({ ...todo(1), priority: 9 }),
        check: ({ status }) => (status === 400 || status === 422 ? undefined : `status ${status}, neither 400 nor 422`),
      },
    );
  }
  if (classRoutes !== undefined) {
    for (const area of [0, classRoutes / ROUTES_PER_CLASS - 1]) {
      const last = `/area-${area}/item-${ROUTES_PER_CLASS - 1}/abc`;
      exchanges.push({ name: 'a route of a class', request: get(last), check: json(200, { id: 'abc' }) });
    }
  }
  if (fillers > 0 && !hasNoFillers) {
    for (const i of [0, fillers - 1]) {
      exchanges.push({ name: 'a filler', request: get(`/filler-${i}/abc`), check: json(200, { id: 'abc' }) });
    }
  }
  return exchanges;
}

/**
 * Holds a candidate to its exchanges.
 *
 * @param send returns the replies in the order of the requests
 * @throws Error for the first that is wrong
 */
export async function assertRight(
  candidate: Candidate,
  fillers: number,
  send: (requests: readonly SentRequest[]) => Promise<readonly ReceivedReply[]>,
): Promise<void> {
  const exchanges = exchangesFor(candidate, fillers);
  const replies = await send(exchanges.map(({ request }) => request));
  exchanges.forEach(({ name, check }, i) => {
    const wrong = check(replies[i]!);
    if (wrong !== undefined) throw new Error(`${candidate.name} sends a wrong reply to ${name}: ${wrong}`);
  });
}
