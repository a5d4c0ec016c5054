import { randomUUID } from 'node:crypto';
import { eventHeaders, forwardingHeaders, timeOf, toClfTime, toEventBody } from './event-fields.js';
import type { GatewayContext } from './gateway.js';
import { decodedPairs, groupPairs, mapValues } from './pairs.js';
import { type RawRequest, type RawResponse, splitTarget, valuesOf } from './raw-http.js';
import { hasStatus, isWithin, LAMBDA_RESULT_LIMIT, resultBody, singleHeaders } from './result-fields.js';

/** How HTTP APIs and Function URLs, which share payload format 2.0, differ. */
export interface V2Dialect {
  /** Makes the event's path of the request's path. */
  readonly path: (path: string) => string;
  readonly domainName: (host: string | undefined) => string;
  /** Whether the event keeps the cookie header beside the list of cookies. */
  readonly keepsCookieHeader: boolean;
  readonly accountId: string;
  /** Headers that the gateway adds beside `x-forwarded-*`. */
  readonly ownHeaders: readonly (readonly [string, string])[];
  /** The response to a result that the gateway cannot read. */
  readonly malformed: RawResponse;
}

/** The event of payload format 2.0. */
export function toV2Event(request: RawRequest, context: GatewayContext, dialect: V2Dialect): object {
  const { path: rawTarget, query } = splitTarget(request.target);
  const stage = context.stage ?? '$default';
  const decoded = dialect.path(rawTarget);
  const rawPath = stage === '$default' ? decoded : `/${stage}${decoded}`;
  const own = [...forwardingHeaders(request, context), ...(context.addsHeaders === false ? [] : dialect.ownHeaders)];
  const grouped = groupPairs(eventHeaders(request, own).map(([name, value]) => [name.toLowerCase(), value] as const));
  const cookies = valuesOf(request.headers, 'cookie')
    .flatMap((header) => header.split(';'))
    .map((cookie) => cookie.trim())
    .filter((cookie) => cookie !== '');
  const headers = mapValues(grouped, (values) => values.join(','));
  if (grouped['cookie'] !== undefined) {
    if (dialect.keepsCookieHeader) headers['cookie'] = grouped['cookie'].join('; ');
    else delete headers['cookie'];
  }
  const domainName = dialect.domainName(headers['host']);
  const time = timeOf(context);
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString: query,
    ...(cookies.length > 0 ? { cookies } : {}),
    headers,
    ...(query === '' ? {} : { queryStringParameters: joinedParameters(query) }),
    requestContext: {
      accountId: dialect.accountId,
      apiId: domainName.split('.')[0],
      domainName,
      domainPrefix: domainName.split('.')[0],
      http: {
        method: request.method,
        path: stage === '$default' ? decodeLeniently(rawTarget) : rawPath,
        protocol: 'HTTP/1.1',
        sourceIp: context.sourceIp ?? '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: context.requestId ?? randomUUID(),
      routeKey: '$default',
      stage,
      time: toClfTime(time),
      timeEpoch: time.getTime(),
    },
    ...toEventBody(request),
  };
}

function joinedParameters(query: string): Record<string, string> {
  return mapValues(groupPairs(decodedPairs(query)), (values) => values.join(','));
}

/** Decodes a path as an HTTP API does: bad escapes stay, and bytes that are not UTF-8 are lost. */
export function decodeLeniently(path: string): string {
  return path.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) =>
    Buffer.from(escapes.replaceAll('%', ''), 'hex').toString('utf8'),
  );
}

/** The response of a result of payload format 2.0. */
export function fromV2Result(result: unknown, request: RawRequest, { malformed }: V2Dialect): RawResponse {
  if (result === undefined || !isWithin(result, LAMBDA_RESULT_LIMIT)) return malformed;
  if (typeof result !== 'object' || result === null || !('statusCode' in result)) {
    // The gateway takes anything without a status for the body of a 200.
    const text = typeof result === 'string' ? result : JSON.stringify(result);
    return { status: 200, headers: [['content-type', 'application/json']], body: Buffer.from(text) };
  }
  if (!hasStatus(result)) return malformed;
  const headers = singleHeaders(result['headers']);
  const body = resultBody(result, request);
  const cookies = result['cookies'] ?? [];
  if (headers === undefined || body === undefined || !Array.isArray(cookies)) return malformed;
  if (cookies.some((cookie) => typeof cookie !== 'string')) return malformed;
  return {
    status: result.statusCode,
    headers: [...headers, ...cookies.map((cookie: string) => ['set-cookie', cookie] as const)],
    body,
  };
}
