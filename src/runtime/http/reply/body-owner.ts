import { type ChunkedBody, isChunked } from '../body/chunks.js';
import { getExchange, type HttpRequest } from '../http-request.js';
import type { RequestExchange } from '../request-exchange.js';
import { closeBody, HttpReply, isAsyncIterable, type ReplyBody } from './http-reply.js';
import { loadSentBody } from './sent-body.lazy.js';
import { isWebResponse } from './web-response.js';

// A body belongs to the framework from the moment that a function of the app returns it: it is sent, or else it is closed.

/** The part of Node's streams that matters here. */
interface NodeStream {
  readonly readableFlowing?: boolean | null;
  on(event: 'error', listener: (error: Error) => void): unknown;
  destroy(error?: Error): unknown;
}

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
export function finishReply(reply: HttpReply, request: HttpRequest): HttpReply {
  const exchange = getExchange(request);
  const { body, headers } = reply;
  if (!isChunked(body)) {
    closeAll(exchange);
    return reply;
  }
  exchange.bodies?.delete(body);
  ignoreErrors(body);
  breakOffWithSource(body, exchange.bodies);
  const length = headers['content-length'];
  const { SentBody } = loadSentBody();
  reply.body = new SentBody(body, length === undefined ? undefined : Number(length), () => closeAll(exchange));
  return reply;
}

function own(body: ChunkedBody, request: HttpRequest): void {
  const exchange = getExchange(request);
  if (exchange.isOver) {
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
  if (isNodeStream(body)) body.on('error', () => {});
}

/** Node's `pipe` does not pass errors on: the destination would never end. */
function breakOffWithSource(body: ChunkedBody, bodies: RequestExchange['bodies']): void {
  if (bodies === undefined || !isNodeStream(body)) return;
  for (const other of bodies) {
    if (other === body || !isNodeStream(other)) continue;
    const breakOff = (error: Error) => {
      if (other.readableFlowing === true) body.destroy(error);
    };
    const { errored } = other as { errored?: Error | null };
    if (errored) breakOff(errored);
    else other.on('error', breakOff);
  }
}

function closeAll(exchange: RequestExchange): void {
  exchange.isOver = true;
  if (exchange.bodies === undefined) return;
  for (const body of exchange.bodies) closeBody(body);
  exchange.bodies = undefined;
}

/** The body that a result has, or is. */
function bodyIn(result: unknown): ReplyBody {
  if (typeof result !== 'object' || result === null) return undefined;
  if (result instanceof HttpReply) return result.body;
  if (isWebResponse(result)) return result.body ?? undefined;
  return isAsyncIterable(result) ? result : undefined;
}

function isNodeStream(body: unknown): body is NodeStream {
  const { on, destroy } = (body ?? {}) as Partial<NodeStream>;
  return typeof on === 'function' && typeof destroy === 'function';
}
