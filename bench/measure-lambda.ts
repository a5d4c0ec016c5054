import type { Built } from './build.js';
import { createContext, eventOf } from './events.js';
import { assertRight, hello, NAMES, post, type ReceivedReply, type SentRequest, todo } from './exchanges.js';
import { runChild } from './run-child.js';

/** Holds a handler to the exchanges. */
export function checkLambda({ candidate, file }: Built, fillers: number): Promise<void> {
  return assertRight(candidate, fillers, (requests) => {
    const given = JSON.stringify({ events: requests.map(eventOf), milliseconds: 0 });
    return runChild<ReceivedReply[]>('warm-child', ['check', file, given], { fillers });
  });
}

/**
 * The first request of a cold start: a GET, a valid POST, an invalid one, a path without a route; of an app with pages, the
 * page with its form, or the form with a mistake.
 */
export type FirstRequest = 'get' | 'post' | 'invalid' | 'missing' | 'page' | 'form';

const FORM = 'application/x-www-form-urlencoded';

const FIRST: Record<FirstRequest, { readonly request: SentRequest; readonly statuses: readonly number[] }> = {
  get: { request: hello('Ada'), statuses: [200] },
  post: { request: post(todo(1)), statuses: [201] },
  invalid: { request: post({ ...todo(1), priority: 9 }), statuses: [400, 422] },
  missing: { request: { method: 'GET', path: '/nowhere', query: '' }, statuses: [404] },
  page: { request: { method: 'GET', path: '/note', query: '' }, statuses: [200] },
  form: { request: { method: 'POST', path: '/note', query: '', body: 'title=&text=Tea', type: FORM }, statuses: [422] },
};

/** How a cold start is measured. */
export interface ColdStartOptions {
  /** The number of filler routes. Default: 0. */
  readonly fillers?: number;
  /** The path of the Node.js that it starts. Default: the one that this runs on. */
  readonly node?: string | undefined;
}

/** The time to load a handler and to handle its first request, in milliseconds, with a new process for each sample. */
export async function coldStart({ file }: Built, kind: FirstRequest, options: ColdStartOptions = {}): Promise<number> {
  const { request, statuses } = FIRST[kind];
  const given = JSON.stringify({ event: eventOf(request), context: createContext() });
  const { ms, status } = await runChild<{ ms: number; status: number }>('cold-child', [file, given], options);
  if (!statuses.includes(status)) throw new Error(`${file} sent status ${status} for its first request (${kind})`);
  return ms;
}

const MANY: Record<'get' | 'post', readonly SentRequest[]> = {
  get: NAMES.map(hello),
  post: NAMES.map((_, i) => post(todo(i))),
};

/** The time of one request to a warm handler, in nanoseconds. */
export function warm(built: Built, kind: 'get' | 'post', fillers: number, milliseconds: number): Promise<number> {
  const given = JSON.stringify({ events: MANY[kind].map(eventOf), milliseconds });
  return runChild<number>('warm-child', ['time', built.file, given], { fillers });
}

/** A young generation of 256 MB: nothing is collected while we count. */
const COUNTING = ['--expose-gc', '--min-semi-space-size=256', '--max-semi-space-size=256'];

/** The bytes that one request to a warm handler allocates. */
export function allocated(built: Built, kind: 'get' | 'post'): Promise<number> {
  const given = JSON.stringify({ events: MANY[kind].map(eventOf), milliseconds: 0 });
  return runChild<number>('warm-child', ['bytes', built.file, given], { flags: COUNTING });
}

/** Whether a candidate has the route of this request. */
export function has({ candidate }: Built, kind: 'get' | 'post'): boolean {
  return kind === 'get' || candidate.lacks === undefined;
}
