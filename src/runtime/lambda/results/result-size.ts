import type { HttpReply } from '../../http/reply/http-reply.js';
import type { LambdaResult } from '../codecs/event-codec.js';

/** What every source takes, in bytes: the whole result, serialised, and the values of all headers. */
export const SMALLEST_RESULT = 1024 * 1024;
export const SMALLEST_HEADERS = 10_240;

/** Room for all that is beside the values of a result. */
const HEADROOM = 64 * 1024;

/** Whether a result is so small that any source takes it. */
export function fitsAnySource(result: LambdaResult, reply: HttpReply): boolean {
  const headers = sizeOfHeaders(reply);
  return headers <= SMALLEST_HEADERS && largestSize((result.body?.length ?? 0) + headers) < SMALLEST_RESULT;
}

/** The most that a result is when it is serialised: in JSON a character is at most six bytes. */
export function largestSize(characters: number): number {
  return characters * 6 + HEADROOM;
}

/** The size of all values, which are latin1: a byte a character. */
export function sizeOfHeaders({ headers, cookies }: HttpReply): number {
  let size = 0;
  for (const name in headers) size += headers[name]!.length;
  return cookies.length === 0 ? size : size + cookies.join('').length;
}
