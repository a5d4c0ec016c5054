import type { RawHeaders, RawRequest } from '../gateways/raw-http.js';
import { type MultipartValue, multipartBody } from './multipart-body.js';

/** The parts of a test's request beside its target. Of `json`, `form`, `multipart` and `body`, the first one that is set counts. */
export interface TestRequestInit {
  /** Default: GET, or POST with a body. */
  method?: string | undefined;
  /** A record, or a list of pairs if order and repetition matter. */
  headers?: Readonly<Record<string, string>> | RawHeaders | undefined;
  /** The body as it is. */
  body?: string | Uint8Array | undefined;
  /** A JSON body; sets the content-type, unless the headers have one. */
  json?: unknown;
  /** A body as an HTML form sends it: a record, or pairs; sets the content-type, unless the headers have one. */
  form?:
    | Readonly<Record<string, string | readonly string[]>>
    | readonly (readonly [name: string, value: string])[]
    | undefined;
  /** A multipart body as an HTML form with files sends it; sets the content-type. A name with a list is sent several times. */
  multipart?:
    | Readonly<Record<string, MultipartValue | readonly MultipartValue[]>>
    | readonly (readonly [name: string, value: MultipartValue])[]
    | undefined;
}

/** Makes a raw request, its target exactly as given. `host` and `content-length` are added if they are missing. */
export function toRawRequest(target: string, init: TestRequestInit = {}): RawRequest {
  const headers: [string, string][] = Array.isArray(init.headers)
    ? init.headers.map(([name, value]) => [name, value])
    : Object.entries(init.headers ?? {});
  const has = (wanted: string) => headers.some(([name]) => name.toLowerCase() === wanted);
  let body: Uint8Array = new Uint8Array(0);
  if (init.json !== undefined) {
    body = Buffer.from(JSON.stringify(init.json));
    if (!has('content-type')) headers.push(['content-type', 'application/json']);
  } else if (init.form !== undefined) {
    body = Buffer.from(new URLSearchParams(pairsOf(init.form)).toString());
    if (!has('content-type')) headers.push(['content-type', 'application/x-www-form-urlencoded']);
  } else if (init.multipart !== undefined) {
    const made = multipartBody(pairsOf(init.multipart));
    body = made.body;
    headers.push(['content-type', made.contentType]);
  } else if (init.body !== undefined) {
    body = typeof init.body === 'string' ? Buffer.from(init.body) : init.body;
  }
  if (!has('host')) headers.unshift(['host', 'localhost']);
  if (body.byteLength > 0 && !has('content-length')) headers.push(['content-length', String(body.byteLength)]);
  // A form without fields is a form as well: a button alone.
  const isSent = body.byteLength > 0 || init.form !== undefined;
  return { method: init.method ?? (isSent ? 'POST' : 'GET'), target, headers, body };
}

/** The values of a form, one by one: a name with a list is there several times. */
function pairsOf<T extends string | object>(
  values: Readonly<Record<string, T | readonly T[]>> | readonly (readonly [string, T])[],
): [name: string, value: T][] {
  const entries = Array.isArray(values) ? (values as readonly (readonly [string, T])[]) : Object.entries(values);
  return entries.flatMap(([name, value]) =>
    (Array.isArray(value) ? (value as readonly T[]) : [value as T]).map((each): [string, T] => [name, each]),
  );
}
