import type { HttpRequest } from '../http-request.js';
import { getExchange } from '../request-access.js';
import { type HttpReply, isWhole, type ReplyBody } from './http-reply.js';
import { loadStreamOwner } from './stream-owner.lazy.js';

// A body belongs to the framework from the moment that a function of the app returns it: it is sent, or else it is closed.
// Only streams need anything to be done for it.

/** Takes over the body of a reply that a function of the app returned. Returns the same reply. */
export function ownBody(reply: HttpReply, request: HttpRequest): HttpReply {
  const { body } = reply;
  if (!isWhole(body)) loadStreamOwner().ownStream(body, request);
  return reply;
}

/** Takes over the body in a result that cannot be made a reply. */
export function ownResult(result: unknown, request: HttpRequest): void {
  if (typeof result === 'object' && result !== null) loadStreamOwner().ownStreamIn(result, request);
}

/**
 * Ends the exchange with the reply that goes out: closes all other bodies that the app returned for it. Where the reply is
 * a stream, they are closed after it, since it may read from one of them.
 */
export function finishReply(reply: HttpReply, request: HttpRequest): HttpReply | Promise<HttpReply> {
  const exchange = getExchange(request);
  const { body } = reply;
  if (!isWhole(body)) return loadStreamOwner().sendStream(reply, body, exchange);
  if (typeof exchange.bodies === 'object') loadStreamOwner().closeStreams(exchange);
  else exchange.bodies = 'closed';
  return reply;
}

/** Closes a body that nobody will read; a stream is not drained. Never throws. */
export function closeBody(body: ReplyBody): void {
  if (!isWhole(body)) loadStreamOwner().closeStream(body);
}
