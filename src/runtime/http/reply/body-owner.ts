import { type ChunkedBody, isChunked } from '../body/chunks.js';
import type { HttpRequest } from '../http-request.js';
import { getExchange } from '../request-access.js';
import type { RequestExchange } from '../request-exchange.js';
import { closeBody, HttpReply, isAsyncIterable, type ReplyBody } from './http-reply.js';
import { isWebResponse } from './web-response.js';

// A body belongs to the framework from the moment that a function of the app returns it: it is sent, or else it is closed.

/** Takes over the body of a reply that a function of the app returned. Returns the same reply. */
export function ownBody(reply: HttpReply, request: HttpRequest): HttpReply {
  if (isChunked(reply.body)) own(reply.body, request);
  return reply;
}

/** Takes over the body in a result that cannot be made a reply. */
export function ownResult(result: unknown, request: HttpRequest): void {
  const body = bodyIn(result);
  if (body !== undefined && isChunked(body)) own(body, request);
}

/**
 * Ends the exchange with the reply that goes out: closes all other bodies that the app returned for it. Where the reply is
 * a stream, they are closed after it, since it may read from one of them.
 */
export function finishReply(reply: HttpReply, request: HttpRequest): HttpReply | Promise<HttpReply> {
  const exchange = getExchange(request);
  const { body } = reply;
  if (isChunked(body)) {
    ignoreErrors(body);
    return sendChunks(reply, body, exchange);
  }
  closeAll(exchange);
  return reply;
}

async function sendChunks(reply: HttpReply, body: ChunkedBody, exchange: RequestExchange): Promise<HttpReply> {
  const { bodies } = exchange;
  const others = typeof bodies === 'object' ? bodies : new Set<ChunkedBody>();
  others.delete(body);
  const length = reply.headers['content-length'];
  // Loaded for the first stream.
  const { sendBody } = await import('./sent-body.js');
  reply.body = sendBody(body, {
    length: length === undefined ? undefined : Number(length),
    others,
    closeBody,
    onEnd: () => closeAll(exchange),
  });
  return reply;
}

function own(body: ChunkedBody, request: HttpRequest): void {
  const exchange = getExchange(request);
  if (exchange.bodies === 'closed') {
    closeBody(body);
    return;
  }
  ignoreErrors(body);
  exchange.bodies ??= new Set();
  exchange.bodies.add(body);
}

/**
 * Survives the error of a body that nobody reads yet, such as a file that does not exist: without a listener it would end
 * the process. Whoever reads the body gets the error.
 */
export function ignoreErrors(body: ReplyBody): void {
  const { on } = (body ?? {}) as { on?: unknown };
  if (typeof on === 'function') on.call(body, 'error', () => {});
}

function closeAll(exchange: RequestExchange): void {
  const { bodies } = exchange;
  exchange.bodies = 'closed';
  if (typeof bodies === 'object') for (const body of bodies) closeBody(body);
}

/** The body that a result has, or is. */
function bodyIn(result: unknown): ReplyBody {
  if (typeof result !== 'object' || result === null) return undefined;
  if (result instanceof HttpReply) return result.body;
  if (isWebResponse(result)) return result.body ?? undefined;
  return isAsyncIterable(result) ? result : undefined;
}
