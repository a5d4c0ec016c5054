import { type RawHeaders, type RawResponse, valuesOf } from '../gateways/raw-http.js';

/** A response, as a test reads it. */
export interface TestResponse {
  readonly status: number;
  /** By lower-case name; repeated headers joined with `, `. `set-cookie` is in `cookies` instead. */
  readonly headers: Readonly<Record<string, string>>;
  /** Each `Set-Cookie`, whole. */
  readonly cookies: readonly string[];
  readonly body: Uint8Array;
  /** The headers as they arrived. */
  readonly rawHeaders: RawHeaders;
  /** The body as text. */
  text(): string;
  /** The body parsed as JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: a test checks the type by asserting on it
  json(): any;
}

/** Makes a raw response readable. */
export function toTestResponse(response: RawResponse): TestResponse {
  const headers: Record<string, string> = {};
  for (const [name] of response.headers) {
    const lower = name.toLowerCase();
    if (lower !== 'set-cookie') headers[lower] = valuesOf(response.headers, lower).join(', ');
  }
  const text = () => Buffer.from(response.body).toString('utf8');
  return {
    status: response.status,
    headers,
    cookies: valuesOf(response.headers, 'set-cookie'),
    body: response.body,
    rawHeaders: response.headers,
    text,
    json: () => JSON.parse(text()),
  };
}
