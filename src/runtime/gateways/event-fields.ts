import type { GatewayContext } from './gateway.js';
import type { RawHeaders, RawRequest } from './raw-http.js';

/** Headers of a single connection, which no gateway passes on (RFC 9110 §7.6.1). */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** The headers that a gateway passes on, and its own; the space around a value is not part of it (RFC 9110 §5.5). */
export function eventHeaders(request: RawRequest, own: RawHeaders): RawHeaders {
  const names = new Set(own.map(([name]) => name.toLowerCase()));
  return [
    ...request.headers
      .filter(([name]) => !HOP_BY_HOP.has(name.toLowerCase()) && !names.has(name.toLowerCase()))
      .map(([name, value]) => [name, value.replace(/^[\t ]+|[\t ]+$/g, '')] as const),
    ...own,
  ];
}

/** The headers that every gateway adds about the client. */
export function forwardingHeaders(request: RawRequest, context: GatewayContext): RawHeaders {
  if (context.addsHeaders === false) return [];
  const protocol = context.protocol ?? 'https';
  const before = request.headers.filter(([name]) => name.toLowerCase() === 'x-forwarded-for').map(([, value]) => value);
  return [
    ['x-amzn-trace-id', `Root=1-${Math.floor(timeOf(context).getTime() / 1000).toString(16)}-0123456789abcdef01234567`],
    ['x-forwarded-for', [...before, context.sourceIp ?? '127.0.0.1'].join(', ')],
    ['x-forwarded-port', String(context.port ?? (protocol === 'https' ? 443 : 80))],
    ['x-forwarded-proto', protocol],
  ];
}

/** When the gateway received the request. */
export function timeOf(context: GatewayContext): Date {
  return context.time ?? new Date();
}

/** A time as API Gateway writes it: `10/Jul/2026:19:19:05 +0000`. */
export function toClfTime(time: Date): string {
  const [, day, month, year, clock] = /, (\d+) (\w+) (\d+) ([\d:]+)/.exec(time.toUTCString())!;
  return `${day}/${month}/${year}:${clock} +0000`;
}

/** The types of bodies that arrive as text. All others, forms included, arrive as base64. */
const TEXT_TYPES = /^[\t ]*(?:text\/|application\/(?:json|javascript|xml)[\t ]*(?:;|$))/i;

/** The body as HTTP APIs, Function URLs and load balancers put it into an event. */
export function toEventBody(request: RawRequest): { body?: string; isBase64Encoded: boolean } {
  if (request.body.byteLength === 0) return { isBase64Encoded: false };
  const find = (wanted: string) => request.headers.find(([name]) => name.toLowerCase() === wanted)?.[1];
  const isText = TEXT_TYPES.test(find('content-type') ?? '') && find('content-encoding') === undefined;
  return isText ? asText(request.body) : asBase64(request.body);
}

/** A body as text; bytes that are not UTF-8 are lost here. */
export function asText(body: Uint8Array): { body: string; isBase64Encoded: boolean } {
  return { body: Buffer.from(body).toString('utf8'), isBase64Encoded: false };
}

/** A body as base64. */
export function asBase64(body: Uint8Array): { body: string; isBase64Encoded: boolean } {
  return { body: Buffer.from(body).toString('base64'), isBase64Encoded: true };
}
