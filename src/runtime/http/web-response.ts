import { assertField } from './header-fields.js';
import { HttpReply } from './http-reply.js';

/** The part of a web `Response` that becomes a reply. */
export interface WebResponse {
  readonly status: number;
  /** Empty for a response that was not fetched. */
  readonly url: string;
  readonly headers: Iterable<[string, string]> & { getSetCookie(): string[] };
  readonly body: AsyncIterable<Uint8Array> | null;
}

/** Whether a value is a web `Response`, by its tag: naming the global would load Node's fetch, 60 ms of a cold start. */
export function isWebResponse(value: object): value is WebResponse {
  return Object.prototype.toString.call(value) === '[object Response]';
}

/** Makes a reply of a web `Response`; its body is streamed. */
export function fromWebResponse(response: WebResponse): HttpReply {
  const headers: Record<string, string> = {};
  for (const [name, value] of response.headers) {
    // The length and the coding of a fetched response describe what came over the wire; its body is decoded.
    if (name === 'set-cookie' || name === 'content-length') continue;
    if (name === 'content-encoding' && response.url !== '') continue;
    assertField(name, value);
    headers[name] = value;
  }
  return new HttpReply(response.body ?? undefined, {
    status: response.status,
    headers,
    cookies: response.headers.getSetCookie(),
  });
}
