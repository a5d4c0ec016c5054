import type { RawRequest } from '../../runtime/gateways/raw-http.js';

/** One request of a file, ready to send. */
export interface RecordedRequest {
  /** Its name in the file, or its method and target. */
  readonly name: string;
  readonly request: RawRequest;
}

/** One request as a file describes it. */
export interface RequestParts {
  readonly name?: string | undefined;
  readonly method: string;
  /** An absolute URL, or a path. */
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
}

/** Headers that belong to the connection on which it was recorded. Pseudo-headers of HTTP/2 start with a colon. */
const CONNECTION_HEADER = /^(?::.*|connection|content-length|keep-alive|proxy-connection|transfer-encoding|upgrade)$/i;

/** Makes a request that can be sent. Its path is not normalised. */
export function toRecordedRequest({ name, method, url, headers, body }: RequestParts): RecordedRequest {
  const { host, target } = splitUrl(url);
  const sent: [string, string][] = headers
    .filter(([field]) => !CONNECTION_HEADER.test(field))
    .map(([field, value]) => [field, value]);
  if (!sent.some(([field]) => field.toLowerCase() === 'host')) sent.unshift(['host', host ?? 'localhost']);
  if (body.byteLength > 0) sent.push(['content-length', String(body.byteLength)]);
  return { name: name ?? `${method} ${target}`, request: { method, target, headers: sent, body } };
}

/** Splits a URL into its host and the target for the request line: everything after the host, without the fragment. */
function splitUrl(url: string): { host: string | undefined; target: string } {
  const [, authority, rest] = /^(?:[a-z][a-z0-9+.-]*:\/\/([^/?#]*))?([^#]*)/i.exec(url)!;
  const host = authority?.replace(/^.*@/, '');
  const target = encodeUnsafe(rest!);
  return { host, target: target.startsWith('/') ? target : `/${target}` };
}

/** Percent-encodes the characters that a request line cannot contain. Existing escapes stay as they are. */
function encodeUnsafe(target: string): string {
  return target.replace(/[^\x21-\x7e]+/g, (text) => encodeURIComponent(text.toWellFormed()));
}
