import { type RawHeaders, type RawRequest, type RawResponse, valuesOf } from '../../../runtime/gateways/raw-http.js';
import type { CorsConfig } from '../../config/config.js';

/**
 * The gateway's own response to a preflight, for which it does not invoke the function. Undefined for any other request.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 */
export function preflightResponse(request: RawRequest, cors: CorsConfig, status: number): RawResponse | undefined {
  const [origin] = valuesOf(request.headers, 'origin');
  const [method] = valuesOf(request.headers, 'access-control-request-method');
  if (request.method !== 'OPTIONS' || origin === undefined || method === undefined) return undefined;
  const headers: [string, string][] = [];
  const allowed = allowedOrigin(origin, cors);
  if (allowed !== undefined) {
    headers.push(['access-control-allow-origin', allowed]);
    if (cors.allowMethods?.length) headers.push(['access-control-allow-methods', cors.allowMethods.join(',')]);
    if (cors.allowHeaders?.length) headers.push(['access-control-allow-headers', cors.allowHeaders.join(',')]);
    if (cors.maxAge !== undefined) headers.push(['access-control-max-age', String(cors.maxAge)]);
    if (cors.allowCredentials === true) headers.push(['access-control-allow-credentials', 'true']);
  }
  return { status, headers, body: new Uint8Array(0) };
}

/** Replaces the CORS headers of a response with the gateway's own. */
export function withCorsHeaders(headers: RawHeaders, request: RawRequest, cors: CorsConfig): RawHeaders {
  const others = headers.filter(([name]) => !/^access-control-/i.test(name));
  const [origin] = valuesOf(request.headers, 'origin');
  const allowed = origin === undefined ? undefined : allowedOrigin(origin, cors);
  if (allowed === undefined) return others;
  return [
    ...others,
    ['access-control-allow-origin', allowed],
    ...(cors.exposeHeaders?.length ? [['access-control-expose-headers', cors.exposeHeaders.join(',')] as const] : []),
    ...(cors.allowCredentials === true ? [['access-control-allow-credentials', 'true'] as const] : []),
  ];
}

function allowedOrigin(origin: string, { allowOrigins = [], allowCredentials }: CorsConfig): string | undefined {
  // With credentials, browsers do not accept `*`.
  if (allowOrigins.includes('*')) return allowCredentials === true ? origin : '*';
  const isAllowed = allowOrigins.some((allowed) =>
    allowed.endsWith('://*') ? origin.startsWith(allowed.slice(0, -1)) : allowed === origin,
  );
  return isAllowed ? origin : undefined;
}
