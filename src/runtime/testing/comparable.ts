import { isUtf8 } from 'node:buffer';
import type { RawHeaders, RawResponse } from '../gateways/raw-http.js';
import type { TestResponse } from './test-response.js';

/** An answer without what belongs to the connection: two that are deeply equal are the same to a client. */
export interface ComparableResponse {
  readonly status: number;
  /** Names in lower case and in order; of one name the values in their own order. */
  readonly headers: RawHeaders;
  /** Text; `base64:` and the bytes where they are no UTF-8. */
  readonly body: string;
}

/** What frames a message: each door has its own. */
const FRAMING = new Set(['date', 'connection', 'keep-alive', 'transfer-encoding', 'content-length']);

const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

/**
 * Makes answers comparable: without framing (`date`, `connection`, `keep-alive`, `transfer-encoding`, `content-length`),
 * without the order of header names, and in a 500 without the name of the request.
 *
 * @example
 * ```ts
 * const [koa, ...others] = await Promise.all(doors.map((door) => door.request('/todos')));
 * for (const other of others) expect(toComparable(other)).toEqual(toComparable(koa!));
 * ```
 */
export function toComparable(response: RawResponse | TestResponse): ComparableResponse {
  const { status } = response;
  const body = Buffer.from(response.body);
  const text = isUtf8(body) ? body.toString('utf8') : `base64:${body.toString('base64')}`;
  const headers = 'rawHeaders' in response ? response.rawHeaders : response.headers;
  return {
    status,
    headers: inOrder(
      headers.map(([name, value]) => [name.toLowerCase(), value] as const).filter(([name]) => !FRAMING.has(name)),
    ),
    body: status === 500 ? text.replace(ID, '<id>') : text,
  };
}

/** Headers in the order of their names. */
export function inOrder(headers: RawHeaders): RawHeaders {
  return headers.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
