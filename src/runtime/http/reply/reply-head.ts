import { type HeaderFields, type HeadersInput, normaliseHeaders } from '../header-fields.js';

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
 * Checks what an app says of a reply besides its body.
 *
 * @param cookies gets the reply's cookies
 * @returns the headers in their normal form
 * @throws TypeError for a header that HTTP does not allow, RangeError for a status outside of 200 to 599
 */
export function readHead(status: number, init: ReplyInit, cookies: string[]): HeaderFields {
  assertStatus(status);
  const headers = normaliseHeaders(init.headers ?? {}, cookies);
  if (init.cookies !== undefined) normaliseHeaders({ 'set-cookie': init.cookies }, cookies);
  return headers;
}

/** @throws RangeError for anything but the status of a reply */
export function assertStatus(status: number): void {
  if (!Number.isInteger(status) || status < 200 || status > 599) {
    throw new RangeError(`${status} is not the status of a reply. Use an integer from 200 to 599.`);
  }
}
