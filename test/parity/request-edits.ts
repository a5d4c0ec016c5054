import type { RawHeaders, RawRequest } from 'twodoors/testing';

export function pathOf({ target }: RawRequest): string {
  return target.split('?', 1)[0]!;
}

export function queryOf({ target }: RawRequest): string | undefined {
  const mark = target.indexOf('?');
  return mark === -1 ? undefined : target.slice(mark + 1);
}

export function withPath(request: RawRequest, map: (path: string) => string): RawRequest {
  const query = queryOf(request);
  const path = map(pathOf(request));
  return { ...request, target: query === undefined ? path : `${path}?${query}` };
}

export function withQuery(request: RawRequest, map: (query: string) => string): RawRequest {
  const query = queryOf(request);
  return query === undefined ? request : { ...request, target: `${pathOf(request)}?${map(query)}` };
}

export function withHeaders(request: RawRequest, map: (headers: RawHeaders) => RawHeaders): RawRequest {
  return { ...request, headers: map(request.headers) };
}

/** Each escape of a text, or what looks like one. */
const ESCAPE = /%[0-9a-f]{2}|%/gi;
export const mapEscapes = (text: string, map: (found: string) => string) => text.replace(ESCAPE, map);

/** A run of escapes, as the text that its bytes are. */
export const RUN = /(?:%[0-9a-f]{2})+/gi;
export const bytesOf = (run: string) => Buffer.from(run.replaceAll('%', ''), 'hex');

/** The names and values of a query as they are spelled. */
export function spelledPairs(query: string): [string, string][] {
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name, ...rest] = pair.split('=');
      return [name!, rest.join('=')];
    });
}

/** Pairs gathered under their names, in the order that an object of JSON gives its members. */
export function gather<T>(pairs: readonly (readonly [string, T])[]): [string, T[]][] {
  const names = new Map<string, T[]>();
  for (const [name, value] of pairs) names.set(name, [...(names.get(name) ?? []), value]);
  const isIndex = (name: string) => /^(?:0|[1-9]\d{0,9})$/.test(name) && Number(name) < 2 ** 32 - 1;
  const indexes = [...names].filter(([name]) => isIndex(name)).sort(([a], [b]) => Number(a) - Number(b));
  return [...indexes, ...[...names].filter(([name]) => !isIndex(name))];
}

export const toQuery = (pairs: readonly (readonly [string, string])[]) =>
  pairs.map(([name, value]) => `${name}=${value}`).join('&');

export const decodeName = (name: string) => [...new URLSearchParams(`${name}=`).keys()][0] ?? '';

/** Whether a name comes in several spellings, of which two are the same to an app. */
export function hasSpellings(names: readonly string[], read: (name: string) => string): boolean {
  const distinct = new Set(names);
  return new Set([...distinct].map(read)).size < distinct.size;
}

export const lower = (name: string) => name.toLowerCase();

/** Headers that a gateway writes in a case of its own. */
export const RESPELLED = new Map(
  ['Host', 'User-Agent', 'X-Amzn-Trace-Id', 'X-Forwarded-For', 'X-Forwarded-Port', 'X-Forwarded-Proto'].map((name) => [
    lower(name),
    name,
  ]),
);

export function repeatedNames(headers: RawHeaders): Set<string> {
  const names = headers.map(([name]) => lower(name));
  return new Set(names.filter((name, i) => names.indexOf(name) !== i));
}

/** Single by nature, and with commas of their own, so that a join cannot be undone. */
export const SINGLE = new Set([
  'age',
  'authorization',
  'etag',
  'expires',
  'from',
  'if-modified-since',
  'if-unmodified-since',
  'last-modified',
  'location',
  'proxy-authorization',
  'referer',
  'retry-after',
  'server',
  'user-agent',
]);

export const isText = ({ headers }: RawRequest) => {
  const find = (wanted: string) => headers.find(([name]) => lower(name) === wanted)?.[1];
  const type = (find('content-type') ?? '').split(';')[0]!.trim().toLowerCase();
  if (find('content-encoding') !== undefined) return false;
  return type.startsWith('text/') || ['application/json', 'application/javascript', 'application/xml'].includes(type);
};

export const asText = (body: Uint8Array) => Buffer.from(Buffer.from(body).toString('utf8'));

/** With a body of the length that it has. */
export function withBody(request: RawRequest, body: Uint8Array): RawRequest {
  const headers = request.headers.map(
    ([name, value]) => [name, lower(name) === 'content-length' ? String(body.byteLength) : value] as const,
  );
  return { ...request, body, headers };
}

export function cutAt(path: string): string {
  for (const { index, 0: found } of path.matchAll(ESCAPE)) if (/%3f/i.test(found)) return path.slice(0, index);
  return path;
}

export function respaced(values: readonly string[]): string {
  return values
    .flatMap((value) => value.split(';'))
    .map((cookie) => cookie.trim())
    .filter((cookie) => cookie !== '')
    .join('; ');
}

/** Escaped where it has to be, and nowhere else. */
export function respelledPath(path: string): string {
  const encode = (text: string) =>
    text.replace(/[^\w.~!$&'()*+,;=:@/-]/gu, (character) => encodeURIComponent(character));
  try {
    return path
      .split('/')
      .map((segment) => encode(decodeURIComponent(segment)).replaceAll('/', '%2F'))
      .join('/');
  } catch {
    return path;
  }
}
