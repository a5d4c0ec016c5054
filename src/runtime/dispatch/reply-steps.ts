import type { HttpRequest } from '../http/http-request.js';
import type { HttpReply } from '../http/reply/http-reply.js';
import { sharedByCopies } from '../identity/copies.js';
import { type ReplyOrigin, replyHook } from './reply-hook.js';

/** Changes a reply that leaves the dispatcher, or replaces it. It must not throw or reject; see `ReplyHook`. */
export type ReplyStep = (request: HttpRequest, reply: HttpReply, origin: ReplyOrigin) => HttpReply | Promise<HttpReply>;

/** All steps, in the order in which they run: what a later one sees, an earlier one has written. */
const STEPS = ['cookies', 'cache-control', 'security-headers', 'cors', 'request-id', 'access-log'] as const;

type StepName = (typeof STEPS)[number];

/** The steps of the modules that the app has loaded. */
const loaded = sharedByCopies('reply-steps', {
  byName: new Map<StepName, ReplyStep>(),
  inOrder: [] as ReplyStep[],
});

/**
 * Adds what a module does to each reply that leaves, whatever made it: a handler, an error, a time-out. A module that only
 * some apps load calls it while it is loaded.
 */
export function addReplyStep(name: StepName, step: ReplyStep): void {
  loaded.byName.set(name, step);
  loaded.inOrder = STEPS.map((each) => loaded.byName.get(each)).filter((each) => each !== undefined);
  replyHook.see = (request, reply, origin) =>
    reply instanceof Promise
      ? reply.then((settled) => runFrom(0, request, settled, origin))
      : runFrom(0, request, reply, origin);
}

function runFrom(
  first: number,
  request: HttpRequest,
  reply: HttpReply,
  origin: ReplyOrigin,
): HttpReply | Promise<HttpReply> {
  let current = reply;
  for (let i = first; i < loaded.inOrder.length; i++) {
    const made = loaded.inOrder[i]!(request, current, origin);
    if (made instanceof Promise) return made.then((settled) => runFrom(i + 1, request, settled, origin));
    current = made;
  }
  return current;
}
