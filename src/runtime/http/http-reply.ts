import { type HeaderFields, type HeadersInput, normaliseHeaders } from './header-fields.js';

/** What can travel as a body: text (sent as UTF-8), bytes, or chunks of these as they come. */
export type ReplyBody = string | Uint8Array | AsyncIterable<string | Uint8Array> | undefined;

/** What {@link HttpReply} and {@link reply} take beside the body. */
export interface ReplyInit {
  /** Default: 200, or 204 where there is no body. */
  status?: number;
  /** Names in any case; `set-cookie` is moved to `cookies`. */
  headers?: HeadersInput;
  /** Whole `Set-Cookie` values, one entry a cookie. */
  cookies?: readonly string[];
}

/**
 * An answer, ready to be sent by any door. A handler that returns one has said everything: it passes `@HttpCode`,
 * `@Render` and `@Redirect`. A middleware gets one from `next()` and may change it.
 *
 * @example
 * ```ts
 * return new HttpReply('<p>made</p>', { status: 201, headers: { 'content-type': 'text/html; charset=utf-8' } });
 * ```
 */
export class HttpReply {
  /** From 200 to 599. */
  status: number;
  /** By lower-case name; each value as it goes on the wire. */
  headers: HeaderFields;
  /** Whole `Set-Cookie` values. */
  cookies: string[];
  body: ReplyBody;
  /** What was thrown, where this answer stands for an error; for middleware to read, never sent. */
  error: unknown;

  /** @throws TypeError for a header that HTTP does not allow, RangeError for a status outside of 200 to 599 */
  constructor(body?: ReplyBody, init: ReplyInit = {}) {
    this.status = init.status ?? (body === undefined ? 204 : 200);
    this.cookies = [];
    if (init === FINISHED) {
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

const FINISHED: ReplyInit = {};
const NO_HEADERS: HeaderFields = Object.freeze(Object.create(null));

/** An answer of parts that are right already: made at startup, or checked before. Nothing is looked at again. */
export function finishedReply(status: number, headers: HeaderFields, body: ReplyBody): HttpReply {
  const answer = new HttpReply(body, FINISHED);
  answer.status = status;
  answer.headers = headers;
  return answer;
}

/** Whether an answer of this status has no body by definition (RFC 9110 §6.4.1). */
export function isBodiless(status: number): boolean {
  return status === 204 || status === 205 || status === 304;
}

function assertStatus(status: number): void {
  if (!Number.isInteger(status) || status < 200 || status > 599) {
    throw new RangeError(`${status} is not a status of an answer. Use an integer from 200 to 599.`);
  }
}

/** Fields that frame a message: they belong to the door, not to the answer. */
export const FRAMING: readonly string[] = ['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'te', 'trailer'];

/**
 * Brings an answer that went through users' code to the form that every door relies on: checked names and values,
 * a `content-type` wherever there is a body, no body where the status has none, no framing. A new one: who returns the
 * same answer to several requests finds it as it was.
 *
 * @throws TypeError or RangeError where it cannot be sent
 */
export function settleReply(answer: HttpReply): HttpReply {
  assertStatus(answer.status);
  const cookies: string[] = [];
  const headers = normaliseHeaders(answer.headers, cookies);
  normaliseHeaders({ 'set-cookie': answer.cookies }, cookies);
  for (const name of FRAMING) delete headers[name];
  let body: ReplyBody | null = answer.body as ReplyBody | null;
  if (body === null) body = undefined;
  if (isBodiless(answer.status)) {
    closeBody(body);
    body = undefined;
  }
  assertBody(body);
  if (body === undefined) {
    if (isBodiless(answer.status)) {
      delete headers['content-type'];
      delete headers['content-length'];
    }
  } else {
    if (typeof body === 'string' || body instanceof Uint8Array) delete headers['content-length'];
    headers['content-type'] ||= typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/octet-stream';
  }
  const settled = finishedReply(answer.status, headers, body);
  settled.cookies = cookies;
  settled.error = answer.error;
  return settled;
}

function assertBody(body: ReplyBody): void {
  if (body === undefined || typeof body === 'string' || body instanceof Uint8Array) return;
  if (typeof body === 'object' && typeof body[Symbol.asyncIterator] === 'function') return;
  throw new TypeError('The body of an HttpReply is text, bytes or a stream. Use reply(value) to send a value as JSON.');
}

/** Ends a body that nobody will read: a stream is closed without being drained. Never throws. */
export function closeBody(body: ReplyBody): void {
  if (body === undefined || typeof body === 'string' || body instanceof Uint8Array) return;
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
    // It is being thrown away: whatever it says no longer matters.
  }
}
