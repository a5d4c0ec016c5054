import { isUtf8 } from 'node:buffer';
import type { RawHeaders, RawResponse } from '../gateways/raw-http.js';
import type { TestResponse } from './test-response.js';

/** A response without what belongs to the connection: two that are deeply equal are the same to a client. */
export interface ComparableResponse {
  readonly status: number;
  /** Names in lower case and sorted; the values of one name in their own order. */
  readonly headers: RawHeaders;
  /** Text, or `base64:` and the bytes if they are not UTF-8. */
  readonly body: string;
}

/** Headers that frame a message; they differ from door to door. */
const FRAMING = new Set(['date', 'connection', 'keep-alive', 'transfer-encoding', 'content-length']);

/** A UUID. */
const REQUEST_ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

/** A nonce of a Content-Security-Policy. */
const NONCE = /'nonce-([\w+/=-]+)'/;

/**
 * Makes responses comparable: it drops the framing (`date`, `connection`, `keep-alive`, `transfer-encoding`,
 * `content-length`), sorts header names, and replaces what is random at each request: the request id in a 500, and those of
 * `requestId()` (a header whose name ends in `-id`, with a UUID) and of `cspNonce()`, in the headers and in a text.
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
  const all = 'rawHeaders' in response ? response.rawHeaders : response.headers;
  const headers = all
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(([name]) => !FRAMING.has(name));
  const random = randomTexts(headers);
  const steady = (value: string) => random.reduce((read, [found, mark]) => read.replaceAll(found, mark), value);
  return {
    status,
    headers: sortHeaders(headers.map(([name, value]) => [name, steady(value)])),
    body: steady(status === 500 ? text.replace(REQUEST_ID, '<id>') : text),
  };
}

/** What is another one in each response, and what stands for it. */
function randomTexts(headers: RawHeaders): [found: string, mark: string][] {
  const found: [string, string][] = [];
  for (const [name, value] of headers) {
    if (name.endsWith('-id') && REQUEST_ID.exec(value)?.[0] === value) found.push([value, '<id>']);
    const nonce = name.startsWith('content-security-policy') ? NONCE.exec(value)?.[1] : undefined;
    if (nonce !== undefined) found.push([nonce, '<nonce>']);
  }
  return found;
}

/** Headers sorted by name. */
function sortHeaders(headers: RawHeaders): RawHeaders {
  return headers.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
