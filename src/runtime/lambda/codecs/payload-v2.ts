import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { foldHeaders } from '../../http/fold-headers.js';
import type { RequestReader } from '../../http/http-request.js';
import { encodeDecodedPath, encodeNonAscii } from '../../http/percent.js';
import { deadlineOf, type Invocation } from '../invocation.js';
import type { AnyCodec, EventCodec } from './event-codec.js';
import {
  encodeQuery,
  type FieldTypes,
  flatten,
  isFlag,
  isObject,
  isText,
  isTextList,
  isTextMap,
  wrongFieldIn,
} from './event-fields.js';
import { eventLogFields, peerOf, readBasePath, readBody, requestIdOf } from './event-reader.js';
import { type BufferedReply, bodyOf, resultHeaders } from './result-fields.js';
import { withoutStage } from './stage.js';

const EVENT_FIELDS: FieldTypes = {
  rawQueryString: isText,
  queryStringParameters: isTextMap,
  headers: isTextMap,
  cookies: isTextList,
  body: isText,
  isBase64Encoded: isFlag,
};
const CONTEXT_FIELDS: FieldTypes = { domainName: isText, stage: isText, requestId: isText };
const HTTP_FIELDS: FieldTypes = { sourceIp: isText };

function findV2WrongField(event: Record<string, unknown>): string | undefined {
  const context = event['requestContext'] as Record<string, unknown>;
  return (
    wrongFieldIn(event, EVENT_FIELDS) ??
    wrongFieldIn(context, CONTEXT_FIELDS) ??
    wrongFieldIn(context['http'] as Record<string, unknown>, HTTP_FIELDS)
  );
}

const V2_READER: RequestReader<Invocation<APIGatewayProxyEventV2>> = {
  id: requestIdOf,
  body: readBody,
  basePath: readBasePath,
  deadline: deadlineOf,
  logFields: eventLogFields,
  query: ({ event }) =>
    typeof event.rawQueryString === 'string'
      ? encodeNonAscii(event.rawQueryString)
      : encodeQuery(flatten(event.queryStringParameters)),
  headers({ event }) {
    const flat = flatten(event.headers);
    // HTTP APIs move cookies into a list of their own; Function URLs have them in both places.
    if (event.cookies?.length && !flat.some((name, i) => i % 2 === 0 && name.toLowerCase() === 'cookie')) {
      flat.push('cookie', event.cookies.join('; '));
    }
    return foldHeaders(flat);
  },
  peer: ({ event }) => peerOf(event.requestContext.http.sourceIp, flatten(event.headers)),
  claims: ({ event }) => v2ClaimsOf((event.requestContext as { authorizer?: unknown }).authorizer),
};

/** The claims of a JWT authorizer; of a Lambda or IAM authorizer, all that it says. */
function v2ClaimsOf(authorizer: unknown): Record<string, unknown> | undefined {
  if (!isObject(authorizer)) return undefined;
  const { jwt, lambda, iam } = authorizer;
  if (isObject(jwt) && isObject(jwt['claims'])) return jwt['claims'];
  return isObject(lambda) ? lambda : isObject(iam) ? iam : undefined;
}

/** Without a `statusCode`, the gateway would take the object for the body of a 200. */
function toV2Result(reply: BufferedReply): APIGatewayProxyStructuredResultV2 {
  const result: APIGatewayProxyStructuredResultV2 = {
    statusCode: reply.status,
    headers: resultHeaders(reply),
    ...bodyOf(reply),
  };
  if (reply.cookies.length > 0) result.cookies = [...reply.cookies];
  return result;
}

/**
 * API Gateway's HTTP APIs, payload format 2.0. They decode the path, so it is encoded again.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export const httpCodec: EventCodec<'http'> = {
  source: 'http',
  recognises: (event) => v2CodecOf(event, false) === httpCodec,

  findWrongField: findV2WrongField,

  toRequest(invocation, open) {
    const { rawPath, requestContext } = invocation.event;
    const path = encodeDecodedPath(withoutStage(rawPath, requestContext.stage));
    return open(invocation, requestContext.http.method, path, V2_READER);
  },

  toResult: toV2Result,
};

/**
 * Lambda's Function URLs: payload format 2.0, with the path as the client sent it.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 */
export const urlCodec: EventCodec<'url'> = {
  source: 'url',
  recognises: (event) => v2CodecOf(event, false) === urlCodec,

  findWrongField: findV2WrongField,

  toRequest(invocation, open) {
    const { rawPath, requestContext } = invocation.event;
    return open(invocation, requestContext.http.method, encodeNonAscii(rawPath), V2_READER);
  },

  toResult: toV2Result,
};

/**
 * The codec of an event with payload format 2.0. Only its domain distinguishes a Function URL from an HTTP API.
 *
 * @param isUnmarked whether an event with the mark of a load balancer is left to the other codecs
 */
export function v2CodecOf(event: Record<string, unknown>, isUnmarked: boolean): AnyCodec | undefined {
  const context = event['requestContext'];
  if (event['version'] !== '2.0' || typeof event['rawPath'] !== 'string' || !isObject(context)) return undefined;
  // The events of format 2.0 authorizers look like requests, apart from these.
  if (event['routeArn'] !== undefined || event['type'] !== undefined) return undefined;
  if (isUnmarked && context['elb'] !== undefined) return undefined;
  if (!isObject(context['http']) || typeof context['http']['method'] !== 'string') return undefined;
  const domain = context['domainName'];
  return typeof domain === 'string' && domain.includes('.lambda-url.') ? urlCodec : httpCodec;
}
