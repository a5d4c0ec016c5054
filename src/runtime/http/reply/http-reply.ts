import { brand } from '../../identity/brand.js';
import { type HeaderFields, type HeadersInput, normaliseHeaders } from '../header-fields.js';

/** A body: text (sent as UTF-8), bytes, or a stream of both. */
export type ReplyBody = string | Uint8Array | AsyncIterable<string | Uint8Array> | undefined;

/** What {@link HttpReply} and {@link reply} take besides the body. */
export interface ReplyInit {
  /** From 200 to 599. Default: 200, or 204 without a body. */
  status?: number | undefined;
  /** Names in any case; `set-cookie` is moved to `cookies`. */
  headers?: HeadersInput | undefined;
  /** Whole `Set-Cookie` values, one entry per cookie. */
  cookies?: readonly string[] | undefined;
}

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
  /** From 200 to 599. */
  status: number;
  /** By lower-case name; values as they go on the wire. */
  headers: HeaderFields;
  /** Whole `Set-Cookie` values. */
  cookies: string[];
  body: ReplyBody;
  /** What was thrown, where this is the reply to an error. For middleware to read; never sent. */
  error: unknown;

  /** @throws TypeError for a header that HTTP does not allow, RangeError for a status outside of 200 to 599 */
  constructor(body?: ReplyBody, init: ReplyInit = {}) {
    this.status = init.status ?? (body === undefined ? 204 : 200);
    this.cookies = [];
    if (init === UNCHECKED) {
      this.headers = NO_HEADERS;
      this.body = body;
      this.error = undefined;
      return;
    }
    assertStatus(this.status);
    this.headers = init.headers === undefined ? Object.create(null) : normaliseHeaders(init.headers, this.cookies);
    if (init.cookies !== undefined) normaliseHeaders({ 'set-cookie': init.cookies }, this.cookies);
    this.body = body;
    this.error = undefined;
  }
}

brand(HttpReply, 'HttpReply');

const UNCHECKED: ReplyInit = {};
const NO_HEADERS: HeaderFields = Object.freeze(Object.create(null));

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

function assertStatus(status: number): void {
  if (!Number.isInteger(status) || status < 200 || status > 599) {
    throw new RangeError(`${status} is not the status of a reply. Use an integer from 200 to 599.`);
  }
}

/** Fields that frame a message: only the door sets them. */
export const FRAMING: readonly string[] = ['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'te', 'trailer'];

/**
 * Gives a reply that went through users' code the form that every door relies on: valid names and values, a
 * `content-type` wherever there is a body, no body where the status forbids one, no framing. The result is a copy, so that
 * an app can return the same reply to several requests.
 *
 * @throws TypeError or RangeError for a reply that cannot be sent
 */
export function normaliseReply(reply: HttpReply): HttpReply {
  assertStatus(reply.status);
  const cookies: string[] = [];
  const headers = normaliseHeaders(reply.headers, cookies);
  normaliseHeaders({ 'set-cookie': reply.cookies }, cookies);
  for (const name of FRAMING) delete headers[name];
  let body: ReplyBody = reply.body ?? undefined;
  if (isBodiless(reply.status)) {
    closeBody(body);
    body = undefined;
    delete headers['content-type'];
    delete headers['content-length'];
  } else if (body !== undefined) {
    assertBody(body);
    if (isWhole(body)) delete headers['content-length'];
    else assertLength(headers['content-length']);
    headers['content-type'] ||= typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/octet-stream';
  }
  const normalised = uncheckedReply(reply.status, headers, body);
  normalised.cookies = cookies;
  normalised.error = reply.error;
  return normalised;
}

/** Whether a body is whole: text, bytes, or undefined; not a stream. */
export function isWhole(body: ReplyBody): body is string | Uint8Array | undefined {
  return body === undefined || typeof body === 'string' || body instanceof Uint8Array;
}

/** Whether chunks can be read from an object. */
export function isAsyncIterable(value: object): value is AsyncIterable<string | Uint8Array> {
  return typeof (value as AsyncIterable<unknown>)[Symbol.asyncIterator] === 'function';
}

function assertLength(length: string | undefined): void {
  if (length === undefined || /^\d+$/.test(length)) return;
  throw new TypeError(
    `The content-length ${JSON.stringify(length)} of a stream is not a number of bytes. Correct it, or leave it out.`,
  );
}

function assertBody(body: ReplyBody): void {
  if (isWhole(body) || (typeof body === 'object' && isAsyncIterable(body))) return;
  throw new TypeError(
    'The body of an HttpReply must be text, bytes or a stream. To send a value as JSON, use reply(value).',
  );
}

/** Closes a body that nobody will read; a stream is not drained. Never throws. */
export function closeBody(body: ReplyBody): void {
  if (isWhole(body)) return;
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
