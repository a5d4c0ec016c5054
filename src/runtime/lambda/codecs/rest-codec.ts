import type { APIGatewayProxyEvent } from 'aws-lambda';
import { HttpRequest, type RequestReader } from '../../http/http-request.js';
import { encodeNonAscii, encodeText } from '../../http/percent.js';
import type { Invocation } from '../invocation.js';
import type { RecognisingCodec } from './event-codec.js';
import { loadEventDetails } from './event-details.lazy.js';
import { type FieldTypes, isObject, joinQuery, withoutStage, wrongFieldIn } from './event-fields.js';
import { toWholeResult } from './result-fields.js';
import { headersOf, queryOf, V1_FIELDS } from './v1-fields.js';
import { V1_READER, v1Details } from './v1-reader.js';

const REST_READER: RequestReader<Invocation<APIGatewayProxyEvent>> = {
  ...V1_READER,
  // REST decodes names and values, so they are encoded again.
  query: ({ event }) => joinQuery(queryOf(event).map(encodeText)),
  details: () => ({
    ...v1Details(),
    peer: ({ event }) => loadEventDetails().peerOfEvent(event.requestContext.identity?.sourceIp, headersOf(event)),
    claims: ({ event }) => restClaimsOf(event.requestContext.authorizer),
  }),
};

/**
 * API Gateway's payload format 1.0: REST APIs, and HTTP APIs that are set to it.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export const restCodec: RecognisingCodec<'rest'> = {
  source: 'rest',

  // WebSocket events have a connectionId; authorizer events a methodArn, a routeArn or a type. An event with
  // the mark of another source, but in a wrong type, is not a REST event either.
  recognises: (event) =>
    typeof event['httpMethod'] === 'string' &&
    typeof event['path'] === 'string' &&
    isObject(event['requestContext']) &&
    (event['requestContext']['connectionId'] ?? undefined) === undefined &&
    event['requestContext']['elb'] === undefined &&
    event['requestContext']['serviceNetworkArn'] === undefined &&
    event['methodArn'] === undefined &&
    event['routeArn'] === undefined &&
    event['type'] === undefined,

  findWrongField(event) {
    const context = event['requestContext'] as Record<string, unknown>;
    return (
      wrongFieldIn(event, EVENT_FIELDS) ??
      wrongFieldIn(context, CONTEXT_FIELDS) ??
      wrongFieldIn((context['identity'] ?? {}) as Record<string, unknown>, IDENTITY_FIELDS)
    );
  },

  toRequest(invocation) {
    const { event } = invocation;
    // A REST API's path has no stage. An HTTP API's has one in this format too; only its events have a version.
    const path = 'version' in event ? withoutStage(event.path, event.requestContext.stage) : event.path;
    return new HttpRequest(event.httpMethod, encodeNonAscii(path), REST_READER, invocation);
  },

  // REST refuses a result with a key that it does not know, and merges the two maps of headers.
  toResult(reply) {
    const { cookies, ...result } = toWholeResult(reply);
    return cookies === undefined ? result : { ...result, multiValueHeaders: { 'set-cookie': cookies } };
  },
};

const EVENT_FIELDS: FieldTypes = { version: 'string', ...V1_FIELDS };
const CONTEXT_FIELDS: FieldTypes = { stage: 'string', requestId: 'string', identity: isObject };
const IDENTITY_FIELDS: FieldTypes = { sourceIp: 'string' };

/** The claims of a Cognito authorizer; of a Lambda authorizer, the whole context that it returned. */
function restClaimsOf(authorizer: unknown): Record<string, unknown> | undefined {
  if (!isObject(authorizer)) return undefined;
  return isObject(authorizer['claims']) ? authorizer['claims'] : authorizer;
}
