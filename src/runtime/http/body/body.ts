import { loadRequestErrors } from '../errors/request-errors.lazy.js';
import type { HeaderFields } from '../header-fields.js';
import type { Multipart } from './multipart.js';

/** A body as a door has it: bytes, or text that a gateway has decoded already. */
export type RawBody = string | Uint8Array;

/** The part of a `RequestReader` that reads bodies. */
export interface BodyReader {
  body(raw: unknown, limit: number): RawBody | Promise<RawBody>;
  stream?(raw: unknown): AsyncIterable<Uint8Array>;
}

/** The body of one request, as what reads it in one way or another needs it. */
export interface SentBody {
  readonly request: { readonly headers: HeaderFields };
  readonly reader: BodyReader;
  readonly raw: unknown;
  readonly limit: number;
  /** Set when it is first read as a form with files. */
  multipart: Promise<Multipart> | undefined;
  /** As sent. */
  read(): RawBody | Promise<RawBody>;
  /** Its `content-encoding` undone. */
  content(): RawBody | Promise<RawBody>;
}

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
