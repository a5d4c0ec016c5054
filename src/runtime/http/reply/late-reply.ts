import { sharedByCopies } from '../../identity/copies.js';
import type { HttpRequest } from '../http-request.js';
import type { HttpReply } from './http-reply.js';

/** Makes the reply that is sent in place of another one. */
export type LateMaker = (request: HttpRequest) => HttpReply | Promise<HttpReply>;

/**
 * How replies are recognised that can be made only when their request is known, such as a page. Without `makerOf` until
 * something makes such a reply: an app that makes none pays for one comparison.
 */
export const lateReplies = sharedByCopies(
  'late-replies',
  (): { makerOf?: (result: unknown) => LateMaker | undefined } => ({}),
);

const makers = sharedByCopies('late-makers', () => new WeakMap<object, LateMaker>());

/**
 * Makes a reply a late one: wherever a function of the app returns it, what `make` returns is sent instead. Returns the
 * same reply.
 */
export function makeLate<Reply extends HttpReply>(reply: Reply, make: LateMaker): Reply {
  lateReplies.makerOf = makerOf;
  makers.set(reply, make);
  return reply;
}

function makerOf(result: unknown): LateMaker | undefined {
  return typeof result === 'object' && result !== null ? makers.get(result) : undefined;
}

/** What is sent for a result: the reply that a late one stands for, else the result itself. */
export async function settleLate(result: unknown, request: HttpRequest): Promise<unknown> {
  return lateReplies.makerOf?.(result)?.(request) ?? result;
}
