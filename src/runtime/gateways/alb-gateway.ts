import type { GatewayName } from '../event-sources.js';
import { eventHeaders, forwardingHeaders, toEventBody } from './event-fields.js';
import type { Gateway, GatewayContext } from './gateway.js';
import { groupPairs, lastOfEach, rawPairs } from './pairs.js';
import { type RawRequest, type RawResponse, splitTarget } from './raw-http.js';
import { hasStatus, isWithin, multiHeaders, resultBody, singleHeaders } from './result-fields.js';

/** The balancer's limit on a result, in bytes. */
const ALB_LIMIT = 1024 * 1024;

const MALFORMED: RawResponse = {
  status: 502,
  headers: [['content-type', 'text/html']],
  body: Buffer.from('<html><head><title>502 Bad Gateway</title></head></html>'),
};

function toEvent(request: RawRequest, context: GatewayContext, isMulti: boolean): object {
  const { path, query } = splitTarget(request.target);
  const headers = groupPairs(
    eventHeaders(request, forwardingHeaders(request, context)).map(
      ([name, value]) => [name.toLowerCase(), value] as const,
    ),
  );
  // Neither names nor values are decoded.
  const parameters = groupPairs(rawPairs(query));
  const { body = '', isBase64Encoded } = toEventBody(request);
  return {
    requestContext: {
      elb: { targetGroupArn: 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/app/0123456789abcdef' },
    },
    httpMethod: request.method,
    path,
    ...(isMulti
      ? { multiValueQueryStringParameters: parameters, multiValueHeaders: headers }
      : { queryStringParameters: lastOfEach(parameters), headers: lastOfEach(headers) }),
    body,
    isBase64Encoded,
  };
}

function toResponse(result: unknown, request: RawRequest, isMulti: boolean): RawResponse {
  if (!hasStatus(result) || !isWithin(result, ALB_LIMIT)) return MALFORMED;
  // The balancer reads only the map of its setting, and requires it.
  const map = result[isMulti ? 'multiValueHeaders' : 'headers'];
  if (map === undefined || map === null) return MALFORMED;
  const headers = typeof map !== 'object' ? undefined : isMulti ? multiHeaders(map) : stringHeaders(map);
  const body = resultBody(result, request);
  if (headers === undefined || body === undefined) return MALFORMED;
  return { status: result.statusCode, headers, body };
}

/** A load balancer takes strings only. */
function stringHeaders(map: object): [string, string][] | undefined {
  return Object.values(map).every((value) => typeof value === 'string') ? singleHeaders(map) : undefined;
}

function createAlbGateway(name: GatewayName, isMulti: boolean): Gateway {
  return {
    name,
    toEvent: (request, context = {}) => toEvent(request, context, isMulti),
    toResponse: (result, request) => toResponse(result, request, isMulti),
  };
}

/** Application Load Balancers without multi-value headers. */
export const albGateway = createAlbGateway('alb', false);

/** Application Load Balancers whose target group has multi-value headers on. */
export const albMultiGateway = createAlbGateway('alb-multi', true);
