import { brand } from '../../identity/brand.js';
import type { HeaderFields } from '../header-fields.js';
import type { ReplyInit } from './reply-head.js';
import { loadReplyHead } from './reply-head.lazy.js';

/** A body: text (sent as UTF-8), bytes, or a stream of both. */
export type ReplyBody = string | Uint8Array | ChunkedBody | undefined;

/** A body in chunks. */
export type ChunkedBody = AsyncIterable<string | Uint8Array>;

/**
 * A reply that any door can send. Where a handler returns one, `@HttpCode`, `@Render` and `@Redirect` do not apply.
 * Middleware gets one from `next()` and may change it.
 *
 * @example
 * ```ts
 * return new HttpReply('<p>made</p>', { status: 201, headers: { 'content-type': 'text/html; charset=utf-8' } });
 * ```
 */
export class HttpReply {
  // Only declared: what the constructor sets need not be defined before.

  /** From 200 to 599. */
  declare status: number;
  /** By lower-case name; values as they go on the wire. */
  declare headers: HeaderFields;
  /** Whole `Set-Cookie` values. */
  declare cookies: string[];
  declare body: ReplyBody;
  /** What was thrown, where this is the reply to an error. For middleware to read; never sent. */
  declare error: unknown;

  /** @throws TypeError for a header that HTTP does not allow, RangeError for a status outside of 200 to 599 */
  constructor(body?: ReplyBody, init: ReplyInit = {}) {
    this.status = init.status ?? (body === undefined ? 204 : 200);
    this.cookies = [];
    this.headers = init === UNCHECKED ? NO_HEADERS : loadReplyHead().readHead(this.status, init, this.cookies);
    this.body = body;
    this.error = undefined;
  }
}

brand(HttpReply, 'HttpReply');

const UNCHECKED: ReplyInit = {};
const NO_HEADERS: HeaderFields = {};

/** Makes a reply of parts that are valid already: they were made at startup, or checked before. */
export function uncheckedReply(status: number, headers: HeaderFields, body: ReplyBody): HttpReply {
  const reply = new HttpReply(body, UNCHECKED);
  reply.status = status;
  reply.headers = headers;
  return reply;
}

/** Whether a reply of this status has no body by definition (RFC 9110 §6.4.1). */
export function isBodiless(status: number): boolean {
  return status === 204 || status === 205 || status === 304;
}

/** Whether a body is whole: text, bytes, or undefined; not a stream. */
export function isWhole(body: ReplyBody): body is string | Uint8Array | undefined {
  return body === undefined || typeof body === 'string' || body instanceof Uint8Array;
}
