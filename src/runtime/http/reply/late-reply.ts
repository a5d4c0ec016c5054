import { sharedByCopies } from '../../identity/copies.js';
import type { HttpRequest } from '../http-request.js';
import type { HttpReply } from './http-reply.js';

/** Makes the reply that is sent in place of another one. */
export type LateMaker = (request: HttpRequest) => HttpReply | Promise<HttpReply>;

/** How replies are recognised that can be made only when their request is known, such as a page. */
interface LateReplies {
  /** Undefined until something makes such a reply: an app that makes none pays for one comparison. */
  makerOf?: (result: unknown) => LateMaker | undefined;
  makers?: WeakMap<object, LateMaker>;
}

export const lateReplies = sharedByCopies<LateReplies>('late-replies', {});

/**
 * Makes a reply a late one: wherever a function of the app returns it, what `make` returns is sent instead. Returns the
 * same reply.
 */
export function makeLate<Reply extends HttpReply>(reply: Reply, make: LateMaker): Reply {
  lateReplies.makers ??= new WeakMap();
  lateReplies.makers.set(reply, make);
  lateReplies.makerOf = makerOf;
  return reply;
}

function makerOf(result: unknown): LateMaker | undefined {
  return typeof result === 'object' && result !== null ? lateReplies.makers!.get(result) : undefined;
}

/** What is sent for a result: the reply that a late one stands for, else the result itself. */
export async function settleLate(result: unknown, request: HttpRequest): Promise<unknown> {
  return lateReplies.makerOf?.(result)?.(request) ?? result;
}
