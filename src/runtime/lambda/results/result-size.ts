import type { HttpReply } from '../../http/reply/http-reply.js';

/** The size of all headers that every source takes, in bytes. */
export const SMALLEST_HEADERS = 10_240;

/**
 * So many characters make a result that every source takes, which is one of 1 MiB: serialised, each is at most six bytes, and
 * 64 KiB are for all that is beside the values.
 */
export const SAFE_CHARACTERS = ((1024 - 64) * 1024) / 6;

/** The size of all values, which are latin1: a byte a character. */
export function sizeOfHeaders({ headers, cookies }: HttpReply): number {
  let size = 0;
  for (const name in headers) size += headers[name]!.length;
  return cookies.length === 0 ? size : size + cookies.join('').length;
}
