import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { foldHeaders } from '../http/header-fields.js';
import type { RequestReader } from '../http/http-request.js';
import { encodeNonAscii } from '../http/percent.js';
import { type EventCodec, GATEWAY_HEADER_LIMIT, type Invocation, isObject, LAMBDA_LIMIT } from './event-codec.js';
import { bodyOf, encodeQuery, flatten, headersOf, peerOf, readEventBody } from './event-parts.js';
import { INVOCATION_READER } from './invocation-reader.js';
import { invocationRequest } from './invocation-request.js';
import { withoutStage } from './stage.js';

const READER: RequestReader<Invocation<APIGatewayProxyEvent>> = {
  ...INVOCATION_READER,
  // REST decodes names and values, so that they are encoded again.
  query: ({ event }) => encodeQuery(flatten(event.multiValueQueryStringParameters, event.queryStringParameters)),
  headers: ({ event }) => foldHeaders(flatten(event.multiValueHeaders, event.headers)),
  body: readEventBody,
  peer: ({ event }) =>
    peerOf(event.requestContext.identity?.sourceIp, flatten(event.multiValueHeaders, event.headers), true),
  claims: ({ event }) => restClaimsOf(event.requestContext.authorizer),
};

/**
 * API Gateway's payload format 1.0: REST APIs, and HTTP APIs that are set to it.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export const restCodec: EventCodec<APIGatewayProxyEvent, APIGatewayProxyResult> = {
  source: 'rest',
  limit: LAMBDA_LIMIT,
  headerLimit: GATEWAY_HEADER_LIMIT,

  // WebSocket events have a connectionId; those of authorizers a methodArn, a routeArn or a type.
  recognises: (event) =>
    typeof event['httpMethod'] === 'string' &&
    typeof event['path'] === 'string' &&
    isObject(event['requestContext']) &&
    (event['requestContext']['connectionId'] ?? undefined) === undefined &&
    event['methodArn'] === undefined &&
    event['routeArn'] === undefined &&
    event['type'] === undefined,

  toRequest(invocation, basePath) {
    const { event } = invocation;
    // A REST API's path has no stage; an HTTP API's has, in this format too, and says so by its version.
    const path = 'version' in event ? withoutStage(event.path, event.requestContext) : event.path;
    return invocationRequest(event.httpMethod, encodeNonAscii(path), basePath, READER, invocation);
  },

  // REST refuses any key that it does not know, and merges the two maps of headers.
  toResult(reply) {
    const result: APIGatewayProxyResult = { statusCode: reply.status, headers: headersOf(reply), ...bodyOf(reply) };
    if (reply.cookies.length > 0) result.multiValueHeaders = { 'set-cookie': [...reply.cookies] };
    return result;
  },
};

/** Cognito's authorizer has claims; one of your own, whatever it answered as context. */
function restClaimsOf(authorizer: unknown): Record<string, unknown> | undefined {
  if (!isObject(authorizer)) return undefined;
  return isObject(authorizer['claims']) ? authorizer['claims'] : authorizer;
}
