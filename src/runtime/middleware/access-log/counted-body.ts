import { exchangeOf } from '../../dispatch/exchange.js';
import type { HttpRequest } from '../../http/http-request.js';
import type { ChunkedBody } from '../../http/reply/http-reply.js';
import { hasLeft } from './access-entry.js';

/**
 * Counts the bytes of a body on its way out.
 *
 * @param onEnd called at the last chunk, or where the body breaks off; not where a door sends another reply in its place
 */
export function countChunks(
  body: ChunkedBody,
  request: HttpRequest,
  onEnd: (bytes: number, isBroken: boolean) => void,
): ChunkedBody {
  const source = body[Symbol.asyncIterator]();
  let bytes = 0;
  let isOver = false;
  function end(isBroken: boolean): void {
    if (isOver) return;
    isOver = true;
    // Until the first chunk is out, or all of them are collected, the door can still send the reply to an error.
    const isReplaced = isBroken && (bytes === 0 || exchangeOf(request).isCollected === true) && !hasLeft(request);
    if (!isReplaced) onEnd(bytes, isBroken);
  }
  return {
    [Symbol.asyncIterator]: () => ({
      async next() {
        try {
          const next = await source.next();
          if (next.done === true) end(false);
          else bytes += Buffer.byteLength(next.value);
          return next;
        } catch (error) {
          end(true);
          throw error;
        }
      },
      async return() {
        end(true);
        await source.return?.();
        return { done: true, value: undefined };
      },
    }),
  };
}
