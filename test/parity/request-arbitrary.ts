import { deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { BODY_LIMIT } from './build-app.js';
import type { PathChange, RequestSpec } from './request-spec.js';
import { LITERALS } from './table-arbitrary.js';

const weighted = <T>(...pairs: [number, fc.Arbitrary<T>][]) =>
  fc.oneof(...pairs.map(([weight, arbitrary]) => ({ weight, arbitrary })));

/** Segments as they may stand in a target. */
const PLAIN = [
  'a',
  '7',
  '1.5',
  'true',
  '2024-02-30',
  '2024-02-29',
  'x.y.json',
  'ABC',
  'a-b',
  '1e5',
  '0',
  "it's",
  'a+b',
  ';a=b',
  ',',
];
const ODD = [
  'a%2Fb',
  '%2f',
  '%2F%2F',
  'a%3Fb',
  '%3f',
  '%25',
  '%2541',
  '%252F',
  '%C3%A9',
  '%c3%a9',
  '%e2%82%ac',
  '%F0%9F%98%80',
  '%7Euser',
  '%20',
  '%2B',
  '..',
  '.',
  '%2e%2e',
  '*',
  ':id',
  '@',
  '"',
  '|',
  '{x}',
  '[1]',
  '^',
  '<>',
  '__proto__',
  'constructor',
  '%23',
  '%2C',
  '%3B',
  'caf%C3%A9',
  '%EF%BB%BF',
  '%5c',
  '%0d%0a',
];
const MALFORMED = [
  '%',
  '%4',
  '%zz',
  '%u0041',
  '%ff',
  '%C3%28',
  '%ED%A0%80',
  '%00',
  'a%00b',
  '%C3',
  '%F0%9F%98',
  '%%41',
  '%C0%AF',
];

const segment = weighted<string>(
  [8, fc.constantFrom(...PLAIN)],
  [5, fc.constantFrom(...ODD)],
  [1, fc.constantFrom(...MALFORMED)],
  [2, fc.constantFrom(...LITERALS.filter((text) => /^[\x21-\x7e]+$/.test(text)))],
  [
    1,
    fc.string({
      unit: fc.constantFrom('a', 'B', '%', '2', 'f', 'F', '.', '-', '~', '%41', '%C3%A9'),
      minLength: 1,
      maxLength: 6,
    }),
  ],
);

const pathChange: fc.Arbitrary<PathChange> = fc.oneof(
  fc.record({ change: fc.constantFrom('double', 'trail', 'drop', 'upper', 'lower', 'encode'), at: fc.nat(4) }),
  fc.record({ change: fc.constant('insert' as const), at: fc.nat(4), text: segment }),
);

const queryName = fc.constantFrom(
  'q',
  'q',
  'q',
  '%71',
  'n',
  'n',
  'flag',
  'flag',
  'd',
  'tags',
  'Q',
  'a+b',
  '',
  '__proto__',
  'constructor',
  '1',
  '10',
  '%31',
  'x[]',
  '%C3%A9',
  '%zz',
  'toString',
  '?',
);
const queryValue = fc.constantFrom(
  '',
  'one',
  'two',
  '1',
  '7',
  '-0.5',
  '01',
  '0x10',
  '1e999',
  'true',
  'false',
  'on',
  '+',
  'a+b',
  'a%2Bb',
  '%20',
  '%C3%A9',
  '%ff',
  '%C3',
  '%zz',
  '%',
  '=',
  'a=b',
  '?',
  '/',
  '%26',
  '%3D',
  '%00',
  '2024-01-02T03:04:05Z',
  '2024-02-30',
  'a,b',
  '%2541',
  '"',
  '{}',
  '#',
);

const pair = fc
  .tuple(queryName, queryValue, fc.boolean())
  .map(([name, value, bare]) => (bare && value === '' ? name : `${name}=${value}`));

const query = weighted<string | undefined>(
  [4, fc.constant(undefined)],
  [6, fc.array(pair, { maxLength: 5 }).map((pairs) => pairs.join('&'))],
  [1, fc.array(weighted([4, pair], [1, fc.constant('')]), { maxLength: 6 }).map((pairs) => pairs.join('&'))],
  [1, fc.string({ unit: fc.constantFrom('a', '=', '&', '%', '+', '?', ';', '4', '1', '%C3%A9', '/'), maxLength: 12 })],
);

const header: fc.Arbitrary<readonly [string, string]> = weighted<readonly [string, string]>(
  [
    6,
    fc.tuple(
      fc.constantFrom('x-a', 'X-A', 'X-a', 'x-b', 'X-B', 'x-c'),
      fc.constantFrom('', '1', '2.5', 'a, b', 'a,b', ' padded ', '"x, y"', '"', ',', 'one', '%41', '{"a":1}'),
    ),
  ],
  [
    2,
    fc.tuple(
      fc.constantFrom('accept', 'Accept'),
      fc.constantFrom('text/html', 'text/html, */*;q=0.1', 'application/json', 'text/html;q=0.5, */*', '*/*'),
    ),
  ],
  [1, fc.tuple(fc.constantFrom('User-Agent', 'user-agent'), fc.constantFrom('me/1.0', 'you (x, y)'))],
  [
    1,
    fc.tuple(
      fc.constantFrom('authorization', 'Referer', 'if-modified-since', 'From', 'Max-Forwards', 'etag'),
      fc.constantFrom('Bearer x', 'a,b', '5'),
    ),
  ],
  [
    2,
    fc.tuple(
      fc.constantFrom('cookie', 'Cookie'),
      fc.constantFrom(
        'c=1',
        'c=1; c=2',
        'c=two; x=1; c=one',
        'c=%C3%A9; n="7"',
        'c=%zz',
        'c=1;d=2',
        ';;',
        ' a=b ;',
        '__proto__=1; n=5',
        'c',
        '=x',
        'n=1.5; theme=dark',
      ),
    ),
  ],
  [
    1,
    fc.tuple(
      fc.constantFrom(
        'X-Deny',
        'x-forwarded-for',
        'X-Forwarded-Proto',
        'accept-language',
        'if-none-match',
        'te',
        'Keep-Alive',
        '__proto__',
        'constructor',
        '1',
        'Origin',
        'x-amzn-trace-id',
      ),
      fc.constantFrom('1', 'trailers', 'http', '*'),
    ),
  ],
);

const utf8 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));

const JSONS = [
  '{"name":"x"}',
  '{"name":"x","n":3,"flag":true,"tags":["a"]}',
  '{"name":""}',
  '{"name":"x","other":1}',
  '[{"name":"x"}]',
  '{"__proto__":{"x":1},"name":"p"}',
  '{"constructor":{"prototype":{"x":1}}}',
  '"text"',
  '7',
  'null',
  'true',
  '{"a":',
  '',
  ' ',
  '{"name":"ü\\ud83c\\udf88"}',
  '[1e400]',
  "{'a':1}",
  '{"n":1,"n":2}',
  `${'['.repeat(70)}${']'.repeat(70)}`,
  '\ufeff{"name":"bom"}',
  'NaN',
];
const FORMS = [
  'name=x&n=3&flag=on&tags=a&tags=b',
  'name=x+y%20z',
  'name=%ff',
  'name',
  'name=x&name=y',
  'flag=',
  '__proto__=1&name=p',
  'n=0x1',
  '=&&=',
  '%zz=%zz',
  '?name=x',
];
/** Parts of a multipart form, and how it ends. */
const part = fc.constantFrom(
  'Content-Disposition: form-data; name="name"\r\n\r\nx',
  'Content-Disposition: form-data; name="tags"\r\n\r\na',
  'content-disposition: form-data; name=n\r\n\r\n3',
  'Content-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\nü',
  'Content-Disposition: form-data; name="file"; filename="../b.bin"\r\n\r\n\0\x01',
  'Content-Disposition: form-data; name="__proto__"\r\n\r\nx',
  'Content-Disposition: form-data\r\n\r\nnameless',
  'nothing',
);
const multipart = fc
  .tuple(fc.array(part, { maxLength: 2 }), fc.constantFrom('--x--\r\n', '--x--', '', '--y--'))
  .map(([parts, end]) => utf8(`${parts.map((each) => `--x\r\n${each}\r\n`).join('')}${end}`));

const TEXTS = ['plain', 'ünïcödé 🎈', 'aGVsbG8=', '\ufeffbom', 'a\r\nb\0c'];
const BYTES = [[0xff, 0xfe], [0xc3], [0x7b, 0xff, 0x7d], [0x22, 0xc3, 0x28, 0x22], [0xed, 0xa0, 0x80], [0]];

const body = weighted<Uint8Array>(
  [3, fc.constant(new Uint8Array(0))],
  [5, fc.constantFrom(...JSONS).map(utf8)],
  [2, fc.json({ maxDepth: 2 }).map((json) => utf8(json.length > 200 ? '{}' : json))],
  [3, fc.constantFrom(...FORMS).map(utf8)],
  [2, fc.constantFrom(...TEXTS).map(utf8)],
  [2, multipart],
  [1, fc.constantFrom(...BYTES).map((bytes) => Uint8Array.from(bytes))],
  [1, fc.uint8Array({ maxLength: 20 })],
  [
    1,
    fc
      .constantFrom(BODY_LIMIT - 1, BODY_LIMIT, BODY_LIMIT + 1, BODY_LIMIT * 5)
      .map((length) => utf8(`"${'x'.repeat(length - 2)}"`)),
  ],
  [1, fc.constantFrom(gzipSync('{"name":"gzip"}'), deflateSync('{"name":"deflate"}'), gzipSync('"'.repeat(5000)))],
);

const bodyHeader: fc.Arbitrary<readonly [string, string]> = weighted<readonly [string, string]>(
  [
    10,
    fc.tuple(
      fc.constantFrom('content-type', 'Content-Type'),
      fc.constantFrom(
        'application/json',
        'application/json',
        'application/json; charset=utf-8',
        'APPLICATION/JSON',
        'application/merge-patch+json',
        'text/json',
        'application/json; charset=latin1',
        'application/x-www-form-urlencoded',
        'application/x-www-form-urlencoded; charset=UTF-8',
        'text/plain',
        'text/plain; charset="utf-8"',
        'text/html',
        'application/xml',
        'application/octet-stream',
        'multipart/form-data; boundary=x',
        'multipart/form-data; boundary="x"',
        'multipart/form-data',
        'image/png',
        'garbage',
        '',
        'application/json, text/plain',
      ),
    ),
  ],
  [
    1,
    fc.tuple(fc.constant('content-encoding'), fc.constantFrom('identity', 'gzip', 'deflate', 'br', 'GZIP', 'zip', '')),
  ],
);

/** Methods that Node's parser lets through; it replies to all others itself. */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'TRACE', 'M-SEARCH'];

/** Requests: most for a route of the table, with everything that travels in a request. */
export const requestSpec: fc.Arbitrary<RequestSpec> = fc.record({
  route: fc.nat(23),
  variant: fc.nat(3),
  values: fc.array(segment, { minLength: 1, maxLength: 4 }),
  changes: weighted<PathChange[]>([5, fc.constant([])], [2, fc.array(pathChange, { maxLength: 2 })]),
  query,
  method: weighted<string | undefined>([7, fc.constant(undefined)], [2, fc.constantFrom(...METHODS)]),
  headers: fc
    .tuple(
      fc.array(header, { maxLength: 3 }),
      weighted<(readonly [string, string])[]>(
        [2, fc.constant([])],
        [9, bodyHeader.map((each) => [each])],
        [1, fc.array(bodyHeader, { minLength: 2, maxLength: 2 })],
      ),
    )
    .map(([some, others]) => [...others, ...some]),
  body,
});
