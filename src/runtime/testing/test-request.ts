import type { RawHeaders, RawRequest } from '../gateways/raw-http.js';

/** The parts of a test's request beside its target. Of `json`, `form` and `body`, the first one that is set counts. */
export interface TestRequestInit {
  /** Default: GET, or POST with a body. */
  method?: string | undefined;
  /** A record, or a list of pairs if order and repetition matter. */
  headers?: Readonly<Record<string, string>> | RawHeaders | undefined;
  /** The body as it is. */
  body?: string | Uint8Array | undefined;
  /** A JSON body; sets the content-type, unless the headers have one. */
  json?: unknown;
  /** A body as an HTML form sends it; sets the content-type, unless the headers have one. */
  form?: Readonly<Record<string, string>> | undefined;
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
    body = Buffer.from(new URLSearchParams({ ...init.form }).toString());
    if (!has('content-type')) headers.push(['content-type', 'application/x-www-form-urlencoded']);
  } else if (init.body !== undefined) {
    body = typeof init.body === 'string' ? Buffer.from(init.body) : init.body;
  }
  if (!has('host')) headers.unshift(['host', 'localhost']);
  if (body.byteLength > 0 && !has('content-length')) headers.push(['content-length', String(body.byteLength)]);
  return { method: init.method ?? (body.byteLength > 0 ? 'POST' : 'GET'), target, headers, body };
}
