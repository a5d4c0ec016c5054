import type { RawRequest } from '../../runtime/gateways/raw-http.js';

/** One request of a file, ready to be sent. */
export interface RecordedRequest {
  /** For the table: its name in the file, or method and target. */
  readonly name: string;
  readonly request: RawRequest;
}

/** What a file says of one request. */
export interface RequestParts {
  readonly name?: string | undefined;
  readonly method: string;
  /** Absolute, or a path. */
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
}

/** Fields of the connection that it was recorded on; those of HTTP/2 begin with a colon. */
const OF_CONNECTION = /^(?::.*|connection|content-length|keep-alive|proxy-connection|transfer-encoding|upgrade)$/i;

/** Makes a request of what a file says; nothing of its path is normalised. */
export function toRecordedRequest({ name, method, url, headers, body }: RequestParts): RecordedRequest {
  const { host, target } = splitUrl(url);
  const sent: [string, string][] = headers
    .filter(([field]) => !OF_CONNECTION.test(field))
    .map(([field, value]) => [field, value]);
  if (!sent.some(([field]) => field.toLowerCase() === 'host')) sent.unshift(['host', host ?? 'localhost']);
  if (body.byteLength > 0) sent.push(['content-length', String(body.byteLength)]);
  return { name: name ?? `${method} ${target}`, request: { method, target, headers: sent, body } };
}

/** A URL's host, and what of it goes into the request line: all behind the host, without the fragment. */
function splitUrl(url: string): { host: string | undefined; target: string } {
  const [, authority, rest] = /^(?:[a-z][a-z0-9+.-]*:\/\/([^/?#]*))?([^#]*)/i.exec(url)!;
  const host = authority?.replace(/^.*@/, '');
  const target = encodeUnsafe(rest!);
  return { host, target: target.startsWith('/') ? target : `/${target}` };
}

/** What cannot stand in a request line is percent-encoded; escapes stay as they are. */
function encodeUnsafe(target: string): string {
  return target.replace(/[^\x21-\x7e]+/g, (text) => encodeURIComponent(text.toWellFormed()));
}
