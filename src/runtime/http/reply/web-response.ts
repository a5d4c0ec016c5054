import type { ChunkedBody } from './http-reply.js';

/** The part of a web `Response` that becomes a reply. */
export interface WebResponse {
  readonly status: number;
  /** Empty for a response that was not fetched. */
  readonly url: string;
  readonly headers: Iterable<[string, string]> & { getSetCookie(): string[] };
  readonly body: AsyncIterable<Uint8Array> | null;
}

/** Whether a value is a web `Response`, by its tag: naming the global would load Node's fetch, 60 ms of a cold start. */
export function isWebResponse(value: object): value is WebResponse {
  return Object.prototype.toString.call(value) === '[object Response]';
}

/** Whether chunks can be read from an object. */
export function isAsyncIterable(value: object): value is ChunkedBody {
  return typeof (value as AsyncIterable<unknown>)[Symbol.asyncIterator] === 'function';
}
