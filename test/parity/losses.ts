import type { DoorName, RawHeaders, RawRequest } from 'twodoors/testing';
import { type Answer, inOrder } from './answer.js';

/**
 * Something that a gateway destroys before the app sees the request, or on the way back. What the door answers can be
 * told all the same: what Koa answers to the request as it is `seen`, and then what of that is `answered`.
 */
export interface Loss {
  /** As in the table of docs/parity.md. */
  readonly name: string;
  readonly doors: readonly DoorName[];
  /** Whether it changes anything about this request; always where it is absent. */
  when?(request: RawRequest): boolean;
  /** The request as far as it gets through. */
  seen?(request: RawRequest, door: DoorName): RawRequest;
  /** The answer as far as it gets through. */
  answered?(answer: Answer): Answer;
  /** Whether in place of this answer there is a 500. */
  becomesBug?(answer: Answer): boolean;
  /** Only where handlers read `request.path`, `request.rawQuery` or the length of the body. */
  readonly isOfRaw?: boolean;
}

const LAMBDA: readonly DoorName[] = ['rest', 'http', 'url', 'alb', 'alb-multi'];

function pathOf({ target }: RawRequest): string {
  return target.split('?', 1)[0]!;
}

function queryOf({ target }: RawRequest): string | undefined {
  const mark = target.indexOf('?');
  return mark === -1 ? undefined : target.slice(mark + 1);
}

function withPath(request: RawRequest, map: (path: string) => string): RawRequest {
  const query = queryOf(request);
  const path = map(pathOf(request));
  return { ...request, target: query === undefined ? path : `${path}?${query}` };
}

function withQuery(request: RawRequest, map: (query: string) => string): RawRequest {
  const query = queryOf(request);
  return query === undefined ? request : { ...request, target: `${pathOf(request)}?${map(query)}` };
}

function withHeaders(request: RawRequest, map: (headers: RawHeaders) => RawHeaders): RawRequest {
  return { ...request, headers: map(request.headers) };
}

/** Each escape of a text, or what looks like one. */
const ESCAPE = /%[0-9a-f]{2}|%/gi;
const mapEscapes = (text: string, map: (found: string) => string) => text.replace(ESCAPE, map);

/** A run of escapes, as the text that its bytes are. */
const RUN = /(?:%[0-9a-f]{2})+/gi;
const bytesOf = (run: string) => Buffer.from(run.replaceAll('%', ''), 'hex');

/** The names and values of a query as they are spelled. */
function spelledPairs(query: string): [string, string][] {
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name, ...rest] = pair.split('=');
      return [name!, rest.join('=')];
    });
}

/** Pairs gathered under their names, in the order that an object of JSON gives its members. */
function gather<T>(pairs: readonly (readonly [string, T])[]): [string, T[]][] {
  const names = new Map<string, T[]>();
  for (const [name, value] of pairs) names.set(name, [...(names.get(name) ?? []), value]);
  const isIndex = (name: string) => /^(?:0|[1-9]\d{0,9})$/.test(name) && Number(name) < 2 ** 32 - 1;
  const indexes = [...names].filter(([name]) => isIndex(name)).sort(([a], [b]) => Number(a) - Number(b));
  return [...indexes, ...[...names].filter(([name]) => !isIndex(name))];
}

const toQuery = (pairs: readonly (readonly [string, string])[]) =>
  pairs.map(([name, value]) => `${name}=${value}`).join('&');

const decodeName = (name: string) => [...new URLSearchParams(`${name}=`).keys()][0] ?? '';

/** Whether a name comes in several spellings, of which two are the same to an app. */
function hasSpellings(names: readonly string[], read: (name: string) => string): boolean {
  const distinct = new Set(names);
  return new Set([...distinct].map(read)).size < distinct.size;
}

const lower = (name: string) => name.toLowerCase();

/** Headers that a gateway writes in a case of its own. */
const RESPELLED = new Map(
  ['Host', 'User-Agent', 'X-Amzn-Trace-Id', 'X-Forwarded-For', 'X-Forwarded-Port', 'X-Forwarded-Proto'].map((name) => [
    lower(name),
    name,
  ]),
);

function repeatedNames(headers: RawHeaders): Set<string> {
  const names = headers.map(([name]) => lower(name));
  return new Set(names.filter((name, i) => names.indexOf(name) !== i));
}

/** Single by nature, and with commas of their own, so that a join cannot be undone. */
const SINGLE = new Set([
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

const isText = ({ headers }: RawRequest) => {
  const find = (wanted: string) => headers.find(([name]) => lower(name) === wanted)?.[1];
  const type = (find('content-type') ?? '').split(';')[0]!.trim().toLowerCase();
  if (find('content-encoding') !== undefined) return false;
  return type.startsWith('text/') || ['application/json', 'application/javascript', 'application/xml'].includes(type);
};

const asText = (body: Uint8Array) => Buffer.from(Buffer.from(body).toString('utf8'));

/** With a body of the length that it has. */
function withBody(request: RawRequest, body: Uint8Array): RawRequest {
  const headers = request.headers.map(
    ([name, value]) => [name, lower(name) === 'content-length' ? String(body.byteLength) : value] as const,
  );
  return { ...request, body, headers };
}

const REMAPPED = ['date', 'server', 'www-authenticate'];

const sizeOf = ({ body }: Answer) => Buffer.byteLength(body);

/** Every loss there is; in the order in which they apply. */
export const losses: readonly Loss[] = [
  {
    name: 'malformed escapes in a path',
    doors: ['http'],
    when: (request) => mapEscapes(pathOf(request), (found) => (found === '%' ? '' : found)) !== pathOf(request),
    seen: (request) => withPath(request, (path) => mapEscapes(path, (found) => (found === '%' ? '%25' : found))),
  },
  {
    name: 'escapes in a path that are not UTF-8',
    doors: ['http'],
    when: (request) => (pathOf(request).match(RUN) ?? []).some((run) => !asText(bytesOf(run)).equals(bytesOf(run))),
    seen: (request) =>
      withPath(request, (path) => path.replace(RUN, (run) => encodeURIComponent(bytesOf(run).toString('utf8')))),
  },
  {
    name: 'an encoded question mark in a path, and what follows it',
    doors: ['http'],
    when: (request) => cutAt(pathOf(request)) !== pathOf(request),
    seen: (request) => withPath(request, cutAt),
  },
  {
    name: 'an encoded slash in a path',
    doors: ['http'],
    when: (request) => mapEscapes(pathOf(request), (found) => (/%2f/i.test(found) ? '/' : found)) !== pathOf(request),
    seen: (request) => withPath(request, (path) => mapEscapes(path, (found) => (/%2f/i.test(found) ? '/' : found))),
  },
  {
    name: 'text bodies that are not UTF-8',
    doors: ['http', 'url', 'alb', 'alb-multi'],
    when: (request) => isText(request) && !asText(request.body).equals(request.body),
    seen: (request) => withBody(request, asText(request.body)),
  },
  {
    name: 'repeated query names: the last is left',
    doors: ['alb'],
    when: (request) => {
      const names = spelledPairs(queryOf(request) ?? '').map(([name]) => name);
      return new Set(names).size < names.length;
    },
    seen: (request) =>
      withQuery(request, (query) =>
        toQuery(gather(spelledPairs(query)).map(([name, values]) => [name, values.at(-1)!])),
      ),
  },
  {
    name: 'the order between spellings of one query name',
    doors: ['alb', 'alb-multi'],
    when: (request) =>
      hasSpellings(
        spelledPairs(queryOf(request) ?? '').map(([name]) => name),
        decodeName,
      ),
    seen: (request) =>
      withQuery(request, (query) =>
        toQuery(gather(spelledPairs(query)).flatMap(([name, values]) => values.map((value) => [name, value] as const))),
      ),
  },
  {
    name: 'repeated headers: the last is left',
    doors: ['alb'],
    when: ({ headers }) => repeatedNames(headers).size > 0,
    seen: (request) =>
      withHeaders(request, (headers) =>
        gather(headers.map(([name, value]) => [lower(name), value])).map(([name, values]) => [name, values.at(-1)!]),
      ),
  },
  {
    name: 'repeated headers that are single by nature: they are joined',
    doors: ['http', 'url'],
    when: ({ headers }) => [...repeatedNames(headers)].some((name) => SINGLE.has(name)),
    seen: (request) =>
      withHeaders(request, (headers) => {
        const single = gather(
          headers.filter(([name]) => SINGLE.has(lower(name))).map(([name, value]) => [lower(name), value.trim()]),
        );
        return [
          ...headers.filter(([name]) => !SINGLE.has(lower(name))),
          ...single.map(([name, values]) => [name, values.join(',')] as const),
        ];
      }),
  },
  {
    name: 'the order between spellings of one header name',
    doors: ['rest'],
    when: ({ headers }) =>
      hasSpellings(
        headers.map(([name]) => RESPELLED.get(lower(name)) ?? name),
        lower,
      ),
    seen: (request) =>
      withHeaders(request, (headers) =>
        gather(headers.map(([name, value]) => [RESPELLED.get(lower(name)) ?? name, value])).flatMap(([name, values]) =>
          values.map((value) => [name, value] as const),
        ),
      ),
  },
  {
    name: 'how the cookie header is spaced',
    doors: ['http'],
    when: ({ headers }) =>
      headers.some(([name, value]) => lower(name) === 'cookie' && respaced([value]) !== value.trim()),
    seen: (request) =>
      withHeaders(request, (headers) => {
        const cookies = respaced(headers.filter(([name]) => lower(name) === 'cookie').map(([, value]) => value));
        return [
          ...headers.filter(([name]) => lower(name) !== 'cookie'),
          ...(cookies === '' ? [] : [['cookie', cookies] as const]),
        ];
      }),
  },
  {
    name: 'the length of the body, in `content-length`',
    doors: ['rest'],
    isOfRaw: true,
    when: ({ headers }) => headers.some(([name]) => lower(name) === 'content-length'),
    seen: (request) => ({
      ...request,
      headers: [
        ...request.headers.filter(([name]) => lower(name) !== 'content-length'),
        ['transfer-encoding', 'chunked'] as const,
      ],
      body: Buffer.concat([
        Buffer.from(`${request.body.byteLength.toString(16)}\r\n`),
        request.body,
        Buffer.from('\r\n0\r\n\r\n'),
      ]),
    }),
  },
  {
    name: 'how a path is spelled, in `request.path`',
    doors: ['http'],
    isOfRaw: true,
    when: (request) => respelledPath(pathOf(request)) !== pathOf(request),
    seen: (request) => withPath(request, respelledPath),
  },
  {
    name: 'how a query is spelled and ordered, in `request.rawQuery`',
    doors: ['rest', 'alb', 'alb-multi'],
    isOfRaw: true,
    when: (request) => (queryOf(request) ?? '') !== '',
    // REST decodes it, and it is encoded again; load balancers leave names and values as they are.
    seen: (request, door) =>
      withQuery(request, (query) => {
        const pairs = door === 'rest' ? [...new URLSearchParams(`&${query}`)] : spelledPairs(query);
        const encode = door === 'rest' ? encodeURIComponent : (text: string) => text;
        return toQuery(
          gather(pairs).flatMap(([name, values]) => values.map((value) => [encode(name), encode(value)] as const)),
        );
      }),
  },
  {
    name: 'the names of `www-authenticate`, `server` and `date` in an answer',
    doors: ['rest'],
    answered: (answer) => ({
      ...answer,
      headers: inOrder(
        answer.headers.map(([name, value]) => [REMAPPED.includes(name) ? `x-amzn-remapped-${name}` : name, value]),
      ),
    }),
  },
  {
    name: 'the beginning of a stream that fails midway',
    doors: LAMBDA,
    becomesBug: ({ status }) => status === 'cut off',
  },
  {
    name: 'answers above 6 MB',
    doors: ['rest', 'http', 'url'],
    becomesBug: (answer) => sizeOf(answer) > 6 * 2 ** 20,
  },
  {
    name: 'answers above 1 MB',
    doors: ['alb', 'alb-multi'],
    becomesBug: (answer) => sizeOf(answer) > 2 ** 20,
  },
];

function cutAt(path: string): string {
  for (const { index, 0: found } of path.matchAll(ESCAPE)) if (/%3f/i.test(found)) return path.slice(0, index);
  return path;
}

function respaced(values: readonly string[]): string {
  return values
    .flatMap((value) => value.split(';'))
    .map((cookie) => cookie.trim())
    .filter((cookie) => cookie !== '')
    .join('; ');
}

/** Escaped where it has to be, and nowhere else. */
function respelledPath(path: string): string {
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
