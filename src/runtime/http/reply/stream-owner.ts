import type { HttpRequest } from '../http-request.js';
import { getExchange } from '../request-access.js';
import type { RequestExchange } from '../request-exchange.js';
import { type ChunkedBody, HttpReply, isWhole, type ReplyBody } from './http-reply.js';
import { isAsyncIterable, isWebResponse } from './web-response.js';

/** Takes over a stream that a function of the app returned, until `sendStream` or `closeStreams`. */
export function ownStream(body: ChunkedBody, request: HttpRequest): void {
  const exchange = getExchange(request);
  if (exchange.bodies === 'closed') {
    closeStream(body);
    return;
  }
  ignoreErrors(body);
  exchange.bodies ??= new Set();
  exchange.bodies.add(body);
}

/** Takes over the stream that a result has, or is. */
export function ownStreamIn(result: object, request: HttpRequest): void {
  const body = bodyIn(result);
  if (!isWhole(body)) ownStream(body, request);
}

function bodyIn(result: object): ReplyBody {
  if (result instanceof HttpReply) return result.body;
  if (isWebResponse(result)) return result.body ?? undefined;
  return isAsyncIterable(result) ? result : undefined;
}

/** Makes a stream the body that goes out; all others are closed after it. Never rejects. */
export async function sendStream(reply: HttpReply, body: ChunkedBody, exchange: RequestExchange): Promise<HttpReply> {
  ignoreErrors(body);
  const { bodies } = exchange;
  const others = typeof bodies === 'object' ? bodies : new Set<ChunkedBody>();
  others.delete(body);
  const length = reply.headers['content-length'];
  try {
    // Loaded for the first stream.
    const { sendBody } = await import('./sent-body.js');
    reply.body = sendBody(body, {
      length: length === undefined ? undefined : Number(length),
      others,
      closeBody: closeStream,
      onEnd: () => closeStreams(exchange),
    });
  } catch (error) {
    closeStream(body);
    closeStreams(exchange);
    // The door replies to it as to any stream that fails at once.
    reply.body = {
      [Symbol.asyncIterator]() {
        throw error;
      },
    };
  }
  return reply;
}

/** Closes all streams of an exchange, and each that comes later. */
export function closeStreams(exchange: RequestExchange): void {
  const { bodies } = exchange;
  exchange.bodies = 'closed';
  if (typeof bodies === 'object') for (const body of bodies) closeStream(body);
}

/**
 * Survives the error of a body that nobody reads yet, such as a file that does not exist: without a listener it would end
 * the process. Whoever reads the body gets the error.
 */
export function ignoreErrors(body: ReplyBody): void {
  const { on } = (body ?? {}) as { on?: unknown };
  if (typeof on === 'function') on.call(body, 'error', () => {});
}

/** Closes a stream that nobody will read; it is not drained. Never throws. */
export function closeStream(body: ChunkedBody): void {
  try {
    const source = body as { destroy?: () => void; cancel?: () => unknown; on?: (e: string, f: () => void) => void };
    if (typeof source.destroy === 'function') {
      source.on?.('error', () => {});
      source.destroy();
    } else if (typeof source.cancel === 'function') {
      Promise.resolve(source.cancel()).catch(() => {});
    } else {
      const ended: unknown = body[Symbol.asyncIterator]().return?.();
      Promise.resolve(ended).catch(() => {});
    }
  } catch {
    // The body is dropped anyway.
  }
}
