import type { RawHeaders, RawRequest, RawResponse } from './raw-http.js';

/** The names of the doors that go through Lambda. */
export type GatewayName = 'rest' | 'http' | 'url' | 'alb' | 'alb-multi';

/** What is around a request and not in it. */
export interface GatewayContext {
  /** The client's address. Default: 127.0.0.1. */
  readonly sourceIp?: string;
  /** What the client reached the gateway by. Default: https. */
  readonly protocol?: 'http' | 'https';
  /** The port that it reached. Default: 443, or 80 for http. */
  readonly port?: number;
  /**
   * Whether the gateway adds the headers that it adds (`x-forwarded-*`, `x-amzn-trace-id`). Default: true; the doors of
   * `openDoors` leave them out, so that what an app echoes is the same in each.
   */
  readonly addsHeaders?: boolean;
  /** REST only: whether the API has binaryMediaTypes of any type. Default: true. */
  readonly hasBinaryMediaTypes?: boolean;
  /** REST and HTTP only. Default: `$default` for HTTP, `live` for REST. */
  readonly stage?: string;
  /** The time of the request. Default: now. */
  readonly time?: Date;
  /** A name for the request. Default: a UUID. */
  readonly requestId?: string;
}

/**
 * A model of one front end: from a raw request to the event that AWS delivers, and from the result to the answer that
 * the client sees.
 *
 * @example
 * ```ts
 * const request = toRawRequest('/todos?page=2');
 * const result = await handler(gateways.rest.toEvent(request));
 * const response = gateways.rest.toResponse(result, request);
 * ```
 */
export interface Gateway {
  readonly name: GatewayName;
  /** The event that AWS makes of a request. */
  toEvent(request: RawRequest, surroundings?: GatewayContext): object;
  /** What the client sees of a handler's result; a result that the gateway cannot read is a 502, of an HTTP API a 500. */
  toResponse(result: unknown, request: RawRequest, surroundings?: GatewayContext): RawResponse;
}

/** How large a result Lambda lets through, serialised, in bytes. */
export const LAMBDA_PAYLOAD_LIMIT = 6 * 1024 * 1024;

/** Fields of one connection, which no gateway passes on (RFC 9110 §7.6.1). */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** The headers that a gateway passes on, its own added; the space around a value is not part of it (RFC 9110 §5.5). */
export function passedOn(request: RawRequest, own: RawHeaders): RawHeaders {
  const names = new Set(own.map(([name]) => name.toLowerCase()));
  return [
    ...request.headers
      .filter(([name]) => !HOP_BY_HOP.has(name.toLowerCase()) && !names.has(name.toLowerCase()))
      .map(([name, value]) => [name, value.replace(/^[\t ]+|[\t ]+$/g, '')] as const),
    ...own,
  ];
}

/** What every front end adds about the client. */
export function forwarded(request: RawRequest, surroundings: GatewayContext): RawHeaders {
  if (surroundings.addsHeaders === false) return [];
  const protocol = surroundings.protocol ?? 'https';
  const before = request.headers.filter(([name]) => name.toLowerCase() === 'x-forwarded-for').map(([, value]) => value);
  return [
    [
      'x-amzn-trace-id',
      `Root=1-${Math.floor(timeOf(surroundings).getTime() / 1000).toString(16)}-0123456789abcdef01234567`,
    ],
    ['x-forwarded-for', [...before, surroundings.sourceIp ?? '127.0.0.1'].join(', ')],
    ['x-forwarded-port', String(surroundings.port ?? (protocol === 'https' ? 443 : 80))],
    ['x-forwarded-proto', protocol],
  ];
}

/** The time of a request. */
export function timeOf(surroundings: GatewayContext): Date {
  return surroundings.time ?? new Date();
}

/** `10/Jul/2026:19:19:05 +0000`, as API Gateway writes a time. */
export function toClfTime(time: Date): string {
  const [, day, month, year, clock] = /, (\d+) (\w+) (\d+) ([\d:]+)/.exec(time.toUTCString())!;
  return `${day}/${month}/${year}:${clock} +0000`;
}

/** An answer of API Gateway's own, to a result that it cannot read for instance. */
export function failure(status: number, message: string): RawResponse {
  return {
    status,
    headers: [['content-type', 'application/json']],
    body: Buffer.from(JSON.stringify({ message })),
  };
}

/** Types of bodies that come as text; all others, forms included, come as base64. Checked against AWS by others. */
const TEXT_TYPES = /^[\t ]*(?:text\/|application\/(?:json|javascript|xml)[\t ]*(?:;|$))/i;

/** A body as HTTP APIs, Function URLs and load balancers put it into the event. */
export function toEventBody(request: RawRequest): { body?: string; isBase64Encoded: boolean } {
  if (request.body.byteLength === 0) return { isBase64Encoded: false };
  const find = (wanted: string) => request.headers.find(([name]) => name.toLowerCase() === wanted)?.[1];
  const isText = TEXT_TYPES.test(find('content-type') ?? '') && find('content-encoding') === undefined;
  return isText ? asText(request.body) : asBase64(request.body);
}

/** A body as text; what is no UTF-8 is lost here. */
export function asText(body: Uint8Array): { body: string; isBase64Encoded: boolean } {
  return { body: Buffer.from(body).toString('utf8'), isBase64Encoded: false };
}

/** A body as base64. */
export function asBase64(body: Uint8Array): { body: string; isBase64Encoded: boolean } {
  return { body: Buffer.from(body).toString('base64'), isBase64Encoded: true };
}

/** The body of a result; undefined where it is not what a gateway reads. */
export function resultBody(
  result: Record<string, unknown>,
  request: RawRequest,
  decodesBase64 = true,
): Uint8Array | undefined {
  const { body, isBase64Encoded, statusCode } = result;
  if (body !== undefined && body !== null && typeof body !== 'string') return undefined;
  if (isBase64Encoded !== undefined && typeof isBase64Encoded !== 'boolean') return undefined;
  if (request.method === 'HEAD' || statusCode === 204 || statusCode === 304) return new Uint8Array(0);
  return Buffer.from(body ?? '', isBase64Encoded === true && decodesBase64 ? 'base64' : 'utf8');
}

/** Whether a result is an object with a status that HTTP has. */
export function hasStatus(result: unknown): result is Record<string, unknown> & { statusCode: number } {
  if (typeof result !== 'object' || result === null || Array.isArray(result)) return false;
  const { statusCode } = result as { statusCode?: unknown };
  return Number.isInteger(statusCode) && (statusCode as number) >= 100 && (statusCode as number) <= 599;
}

/** Whether a result, serialised, is within a limit. */
export function isWithin(result: unknown, limit: number): boolean {
  return Buffer.byteLength(JSON.stringify(result) ?? '') <= limit;
}

/** The fields of a map of single values; undefined where a value is not one that can be sent. */
export function singleFields(map: unknown): [string, string][] | undefined {
  if (map === undefined || map === null) return [];
  if (typeof map !== 'object' || Array.isArray(map)) return undefined;
  const fields: [string, string][] = [];
  for (const [name, value] of Object.entries(map)) {
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return undefined;
    fields.push([name, String(value)]);
  }
  return fields;
}

/** The fields of a map of lists; undefined where it is none. */
export function multiFields(map: unknown): [string, string][] | undefined {
  if (map === undefined || map === null) return [];
  if (typeof map !== 'object' || Array.isArray(map)) return undefined;
  const fields: [string, string][] = [];
  for (const [name, values] of Object.entries(map)) {
    if (!Array.isArray(values) || values.some((value) => typeof value !== 'string')) return undefined;
    for (const value of values) fields.push([name, value]);
  }
  return fields;
}
