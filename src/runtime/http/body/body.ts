import { loadRequestErrors } from '../errors/request-errors.lazy.js';

/** A body as a door has it: bytes, or text that a gateway has decoded already. */
export type RawBody = string | Uint8Array;

/** The error for a body above the limit, in bytes. */
export function bodyTooLarge(limit: number): Error {
  return loadRequestErrors().refusedBody(413, `The body is larger than ${limit} bytes`);
}

/** Returns the body; throws a 413 where it is above the limit, in bytes. */
export function assertSize(body: RawBody, limit: number): RawBody {
  if (typeof body !== 'string') {
    if (body.byteLength > limit) throw bodyTooLarge(limit);
  } else if (body.length > limit || (body.length * 3 > limit && Buffer.byteLength(body) > limit)) {
    throw bodyTooLarge(limit);
  }
  return body;
}
