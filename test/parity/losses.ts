import type { DoorName, RawRequest } from 'twodoors/testing';
import { inOrder, type Reply } from './reply.js';
import {
  asText,
  bytesOf,
  cutAt,
  decodeName,
  gather,
  hasSpellings,
  isText,
  lower,
  mapEscapes,
  pathOf,
  queryOf,
  RESPELLED,
  RUN,
  repeatedNames,
  respaced,
  respelledPath,
  SINGLE,
  spelledPairs,
  toQuery,
  withBody,
  withHeaders,
  withPath,
  withQuery,
} from './request-edits.js';

/**
 * Something that a gateway destroys before the app sees the request, or on the way back. What the door replies can be
 * told all the same: what Koa replies to the request as it is `seen`, and then what of that is `replied`.
 */
export interface Loss {
  /** As in the table of docs/parity.md. */
  readonly name: string;
  readonly doors: readonly DoorName[];
  /** Whether it changes anything about this request; always where it is absent. */
  when?(request: RawRequest): boolean;
  /** The request as far as it gets through. */
  seen?(request: RawRequest, door: DoorName): RawRequest;
  /** The reply as far as it gets through. */
  replied?(reply: Reply): Reply;
  /** Whether in place of this reply there is a 500. */
  becomesBug?(reply: Reply): boolean;
  /** Only where handlers read `request.path`, `request.rawQuery` or the length of the body. */
  readonly isOfRaw?: boolean;
}

const LAMBDA: readonly DoorName[] = ['rest', 'http', 'url', 'alb', 'alb-multi'];

const REMAPPED = ['date', 'server', 'www-authenticate'];

const sizeOf = ({ body }: Reply) => Buffer.byteLength(body);

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
    name: 'an encoded question mark in a path, and everything after it',
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
    name: 'repeated query names: only the last is kept',
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
    name: 'repeated headers: only the last is kept',
    doors: ['alb'],
    when: ({ headers }) => repeatedNames(headers).size > 0,
    seen: (request) =>
      withHeaders(request, (headers) =>
        gather(headers.map(([name, value]) => [lower(name), value])).map(([name, values]) => [name, values.at(-1)!]),
      ),
  },
  {
    name: 'repeated headers that HTTP allows once: they are joined',
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
    name: 'the names of `www-authenticate`, `server` and `date` in a reply',
    doors: ['rest'],
    replied: (reply) => ({
      ...reply,
      headers: inOrder(
        reply.headers.map(([name, value]) => [REMAPPED.includes(name) ? `x-amzn-remapped-${name}` : name, value]),
      ),
    }),
  },
  {
    name: 'the beginning of a stream that fails midway',
    doors: LAMBDA,
    becomesBug: ({ status }) => status === 'cut off',
  },
  {
    name: 'replies above 6 MB',
    doors: ['rest', 'http', 'url'],
    becomesBug: (reply) => sizeOf(reply) > 6 * 2 ** 20,
  },
  {
    name: 'replies above 1 MB',
    doors: ['alb', 'alb-multi'],
    becomesBug: (reply) => sizeOf(reply) > 2 ** 20,
  },
];
