import type { Built } from './build.js';
import { createContext, eventOf } from './events.js';
import { type Answered, type Asked, assertRight, hello, NAMES, post, todo } from './exchanges.js';
import { runChild } from './run-child.js';

/** Holds a handler to the exchanges. */
export function checkLambda({ candidate, file }: Built, fillers: number): Promise<void> {
  return assertRight(candidate, fillers, (asked) => {
    const given = JSON.stringify({ events: asked.map(eventOf), milliseconds: 0 });
    return runChild<Answered[]>('warm-child', ['check', file, given], { fillers });
  });
}

/** The first request of a cold start. */
export type FirstRequest = 'get' | 'post' | 'invalid' | 'missing';

const FIRST: Record<FirstRequest, { readonly asked: Asked; readonly statuses: readonly number[] }> = {
  get: { asked: hello('Ada'), statuses: [200] },
  post: { asked: post(todo(1)), statuses: [200, 201] },
  invalid: { asked: post({ ...todo(1), priority: 9 }), statuses: [400, 422] },
  missing: { asked: { method: 'GET', path: '/nowhere', query: '' }, statuses: [404] },
};

/** The time to load a handler and to answer its first request, in milliseconds: a fresh process for each sample. */
export async function coldStart({ file }: Built, kind: FirstRequest): Promise<number> {
  const { asked, statuses } = FIRST[kind];
  const given = JSON.stringify({ event: eventOf(asked), context: createContext() });
  const { ms, status } = await runChild<{ ms: number; status: number }>('cold-child', [file, given]);
  if (!statuses.includes(status)) throw new Error(`${file} answered ${status} to its first request (${kind})`);
  return ms;
}

const MANY: Record<'get' | 'post', readonly Asked[]> = {
  get: NAMES.map(hello),
  post: NAMES.map((_, i) => post(todo(i))),
};

/** The time of one request to a handler that has answered many, in nanoseconds. */
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

/** Whether a candidate can be asked for this. */
export function has({ candidate }: Built, kind: 'get' | 'post'): boolean {
  return kind === 'get' || candidate.lacks === undefined;
}
