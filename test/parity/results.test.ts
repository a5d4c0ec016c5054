import { type GatewayContext, type GatewayName, gateways, type RawRequest, toRawRequest } from 'twodoors/testing';

const GET = toRawRequest('/');
const HEAD = toRawRequest('/', { method: 'HEAD' });
const MEGABYTE = 1024 * 1024;

interface Case {
  what: string;
  doors: readonly GatewayName[];
  result: unknown;
  request?: RawRequest;
  context?: GatewayContext;
}

const API: readonly GatewayName[] = ['rest', 'http', 'url'];
const V2: readonly GatewayName[] = ['http', 'url'];
const ALB: readonly GatewayName[] = ['alb', 'alb-multi'];
const ALL = [...API, ...ALB];

const OK = { statusCode: 200, headers: {}, multiValueHeaders: {}, body: 'ok', isBase64Encoded: false };
const { multiValueHeaders: _, ...SINGLE } = OK;

/** A result that is exactly so many bytes of JSON. */
function ofSize(bytes: number, result: object): object {
  const empty = { ...result, body: '' };
  return { ...empty, body: 'x'.repeat(bytes - JSON.stringify(empty).length) };
}

const malformed: Case[] = [
  { what: 'no result', doors: ALL, result: undefined },
  { what: 'null', doors: ['rest', ...ALB], result: null },
  { what: 'text', doors: ['rest', ...ALB], result: 'ok' },
  { what: 'a list', doors: ['rest', ...ALB], result: [OK] },
  { what: 'no statusCode', doors: ['rest', ...ALB], result: { headers: {}, multiValueHeaders: {}, body: 'ok' } },
  { what: 'a statusCode that is text', doors: ALL, result: { ...OK, statusCode: '200' } },
  { what: 'a statusCode that HTTP does not have', doors: ALL, result: { ...OK, statusCode: 700 } },
  { what: 'a statusCode with a fraction', doors: ALL, result: { ...OK, statusCode: 200.5 } },
  { what: 'a body that is an object', doors: ALL, result: { ...OK, body: { ok: true } } },
  { what: 'a body that is a number', doors: ALL, result: { ...OK, body: 1 } },
  { what: 'isBase64Encoded that is text', doors: ALL, result: { ...OK, isBase64Encoded: 'true' } },
  { what: 'a key that REST does not know', doors: ['rest'], result: { ...OK, cookies: ['a=1'] } },
  { what: 'the statusDescription of a load balancer', doors: ['rest'], result: { ...OK, statusDescription: '200 OK' } },
  { what: 'headers that are a list', doors: [...API, 'alb'], result: { ...OK, headers: ['a: 1'] } },
  { what: 'a header that is a list', doors: [...API, 'alb'], result: { ...OK, headers: { a: ['1'] } } },
  { what: 'a header that is a number', doors: ['alb'], result: { ...OK, headers: { a: 1 } } },
  { what: 'headers that are text', doors: ['alb'], result: { ...OK, headers: 'a: 1' } },
  {
    what: 'a multi-value header that is text',
    doors: ['rest', 'alb-multi'],
    result: { ...OK, multiValueHeaders: { a: '1' } },
  },
  {
    what: 'a multi-value header of numbers',
    doors: ['rest', 'alb-multi'],
    result: { ...OK, multiValueHeaders: { a: [1] } },
  },
  { what: 'no headers', doors: ['alb'], result: { statusCode: 200, multiValueHeaders: {}, body: 'ok' } },
  { what: 'no multiValueHeaders', doors: ['alb-multi'], result: SINGLE },
  { what: 'cookies that are text', doors: V2, result: { ...SINGLE, cookies: 'a=1' } },
  { what: 'a cookie that is a number', doors: V2, result: { ...SINGLE, cookies: [1] } },
  { what: '6 MB and a byte', doors: API, result: ofSize(6 * MEGABYTE + 1, OK) },
  { what: '1 MB and a byte', doors: ALB, result: ofSize(MEGABYTE + 1, OK) },
  { what: '6 MB in JSON, of fewer characters', doors: API, result: { ...OK, body: '"'.repeat(3 * MEGABYTE) } },
];

describe('a result that a gateway cannot read is a 502, of an HTTP API a 500', () => {
  test.each(malformed.flatMap(({ doors, ...each }) => doors.map((door) => ({ door, ...each }))))(
    '$door: $what',
    ({ door, result }) => {
      const response = gateways[door].toResponse(result, GET);
      expect(response.status).toBe(door === 'http' ? 500 : 502);
      expect(Buffer.from(response.body).toString()).not.toContain('ok');
    },
  );
});

interface Readable extends Case {
  status?: number;
  headers?: readonly (readonly [string, string])[];
  body?: string;
}

const cookies = ['a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT', 'b=2'];
const BASE64 = { ...OK, body: 'w6TDtg==', isBase64Encoded: true };

const readable: Readable[] = [
  { what: 'all that it knows', doors: ['rest', 'http', 'url', 'alb', 'alb-multi'], result: OK, body: 'ok' },
  { what: 'no body', doors: ALL, result: { ...OK, body: undefined }, body: '' },
  { what: 'a body of null', doors: ALL, result: { ...OK, body: null }, body: '' },
  { what: 'no isBase64Encoded', doors: ALL, result: { ...OK, isBase64Encoded: undefined }, body: 'ok' },
  { what: 'base64', doors: ALL, result: BASE64, body: 'äö' },
  {
    what: 'base64 where the API has no binaryMediaTypes: it is sent as it is',
    doors: ['rest'],
    result: BASE64,
    context: { hasBinaryMediaTypes: false },
    body: 'w6TDtg==',
  },
  { what: 'a body for HEAD: it is not sent', doors: ALL, result: OK, request: HEAD, body: '' },
  { what: 'a body for a 204: it is not sent', doors: ALL, result: { ...OK, statusCode: 204 }, status: 204, body: '' },
  { what: 'a body for a 304: it is not sent', doors: ALL, result: { ...OK, statusCode: 304 }, status: 304, body: '' },
  { what: 'exactly 6 MB', doors: API, result: ofSize(6 * MEGABYTE, OK) },
  { what: 'exactly 1 MB', doors: ALB, result: ofSize(MEGABYTE, OK) },
  {
    what: 'an object without a statusCode: it is the body of a 200',
    doors: V2,
    result: { hello: 'world' },
    headers: [['content-type', 'application/json']],
    body: '{"hello":"world"}',
  },
  { what: 'text: it is the body of a 200', doors: V2, result: 'hello', body: 'hello' },
  {
    what: 'headers under other names than they are sent by',
    doors: ['rest'],
    result: { ...OK, headers: { Server: 'a', date: 'b', 'WWW-Authenticate': 'c', 'x-d': 'd' } },
    headers: [
      ['x-amzn-remapped-server', 'a'],
      ['x-amzn-remapped-date', 'b'],
      ['x-amzn-remapped-www-authenticate', 'c'],
      ['x-d', 'd'],
    ],
  },
  {
    what: 'both maps of headers: they are merged, the same value once',
    doors: ['rest'],
    result: { ...OK, headers: { a: '1', b: '2' }, multiValueHeaders: { A: ['1', '3'] } },
    headers: [
      ['b', '2'],
      ['A', '1'],
      ['A', '3'],
    ],
  },
  {
    what: 'both maps of headers: only the one of its setting',
    doors: ['alb-multi'],
    result: { ...OK, headers: { a: '1' }, multiValueHeaders: { b: ['2', '3'] } },
    headers: [
      ['b', '2'],
      ['b', '3'],
    ],
  },
  {
    what: 'both maps of headers: only the one of its setting',
    doors: ['alb'],
    result: { ...OK, headers: { a: '1' }, multiValueHeaders: { b: ['2', '3'] } },
    headers: [['a', '1']],
  },
  {
    what: 'numbers and booleans as headers',
    doors: API,
    result: { ...OK, headers: { a: 1, b: true } },
    headers: [
      ['a', '1'],
      ['b', 'true'],
    ],
  },
  {
    what: 'cookies in their own list',
    doors: V2,
    result: { ...SINGLE, cookies },
    headers: cookies.map((cookie) => ['set-cookie', cookie]),
  },
  {
    what: 'cookies in names that differ in case',
    doors: ['alb'],
    result: { ...OK, headers: { 'set-cookie': cookies[0], 'Set-cookie': cookies[1] } },
    headers: [
      ['set-cookie', cookies[0]!],
      ['Set-cookie', cookies[1]!],
    ],
  },
];

describe('a result that a gateway can read', () => {
  test.each(readable.flatMap(({ doors, ...each }) => doors.map((door) => ({ door, ...each }))))(
    '$door: $what',
    ({ door, result, request = GET, context, status = 200, headers, body }) => {
      const response = gateways[door].toResponse(result, request, context);
      expect(response.status).toBe(status);
      if (headers !== undefined) expect(response.headers).toEqual(headers);
      if (body !== undefined) expect(Buffer.from(response.body).toString()).toBe(body);
    },
  );
});
