import { randomUUID } from 'node:crypto';
import { asBase64, asText, eventHeaders, forwardingHeaders, timeOf, toClfTime } from './event-fields.js';
import type { Gateway } from './gateway.js';
import { decodedPairs, groupPairs, lastOfEach, orNull } from './pairs.js';
import { splitTarget } from './raw-http.js';
import {
  gatewayError,
  hasStatus,
  isWithin,
  LAMBDA_RESULT_LIMIT,
  multiHeaders,
  resultBody,
  singleHeaders,
} from './result-fields.js';

const KNOWN_KEYS = new Set(['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded']);

/** Response headers that REST sends under another name. */
const REMAPPED = new Set(['www-authenticate', 'date', 'server']);

/** Names that arrive in this case, whatever case the client sent. */
const CAPITALISED = new Map(
  ['X-Amzn-Trace-Id', 'X-Forwarded-For', 'X-Forwarded-Port', 'X-Forwarded-Proto', 'Host', 'User-Agent'].map((name) => [
    name.toLowerCase(),
    name,
  ]),
);

/** API Gateway's REST APIs, payload format 1.0, with a proxy resource. */
export const restGateway: Gateway = {
  name: 'rest',

  toEvent(request, context = {}) {
    const { path, query } = splitTarget(request.target);
    const stage = context.stage ?? 'live';
    const own = forwardingHeaders(request, context);
    const headers = groupPairs(
      eventHeaders(request, own)
        .filter(([name]) => name.toLowerCase() !== 'content-length')
        .map(([name, value]) => [CAPITALISED.get(name.toLowerCase()) ?? name, value] as const),
    );
    const parameters = groupPairs(decodedPairs(query));
    const time = timeOf(context);
    const domainName = headers['Host']?.at(-1) ?? 'abcdefghij.execute-api.us-east-1.amazonaws.com';
    const hasBody = request.body.byteLength > 0;
    return {
      resource: '/{proxy+}',
      path,
      httpMethod: request.method,
      headers: lastOfEach(headers),
      multiValueHeaders: headers,
      queryStringParameters: orNull(lastOfEach(parameters)),
      multiValueQueryStringParameters: orNull(parameters),
      pathParameters: path === '/' ? null : { proxy: path.slice(1) },
      stageVariables: null,
      requestContext: {
        accountId: '123456789012',
        apiId: domainName.split('.')[0],
        domainName,
        domainPrefix: domainName.split('.')[0],
        httpMethod: request.method,
        identity: { sourceIp: context.sourceIp ?? '127.0.0.1', userAgent: headers['User-Agent']?.at(-1) ?? null },
        path: `/${stage}${path}`,
        protocol: 'HTTP/1.1',
        requestId: context.requestId ?? randomUUID(),
        requestTime: toClfTime(time),
        requestTimeEpoch: time.getTime(),
        resourceId: 'abc123',
        resourcePath: '/{proxy+}',
        stage,
      },
      ...(!hasBody
        ? { body: null, isBase64Encoded: false }
        : context.hasBinaryMediaTypes === false
          ? asText(request.body)
          : asBase64(request.body)),
    };
  },

  toResponse(result, request, context = {}) {
    const malformed = gatewayError(502, 'Internal server error');
    if (!hasStatus(result) || !isWithin(result, LAMBDA_RESULT_LIMIT)) return malformed;
    if (Object.keys(result).some((key) => !KNOWN_KEYS.has(key))) return malformed;
    const single = singleHeaders(result['headers']);
    const multi = multiHeaders(result['multiValueHeaders']);
    const body = resultBody(result, request, context.hasBinaryMediaTypes !== false);
    if (single === undefined || multi === undefined || body === undefined) return malformed;
    const isRepeated = ([name, value]: readonly [string, string]) =>
      multi.some(([other, same]) => other.toLowerCase() === name.toLowerCase() && same === value);
    const merged = [...single.filter((field) => !isRepeated(field)), ...multi];
    return {
      status: result.statusCode,
      headers: merged.map(([name, value]) => [
        REMAPPED.has(name.toLowerCase()) ? `x-amzn-remapped-${name.toLowerCase()}` : name,
        value,
      ]),
      body,
    };
  },
};
