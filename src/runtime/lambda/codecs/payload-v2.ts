import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { foldHeaders } from '../../http/fold-headers.js';
import { HttpRequest, type RequestReader } from '../../http/http-request.js';
import { encodeDecodedPath, encodeNonAscii, encodeText } from '../../http/percent.js';
import { deadlineOf } from '../deadline.js';
import type { Invocation } from '../invocation.js';
import { readBody } from './event-body.js';
import type { AnyCodec, EventCodec } from './event-codec.js';
import { loadEventDetails } from './event-details.lazy.js';
import {
  type FieldTypes,
  flatten,
  isObject,
  isTextList,
  isTextMap,
  joinQuery,
  withoutStage,
  wrongFieldIn,
} from './event-fields.js';
import { toWholeResult } from './result-fields.js';

const EVENT_FIELDS: FieldTypes = {
  rawQueryString: 'string',
  queryStringParameters: isTextMap,
  headers: isTextMap,
  cookies: isTextList,
  body: 'string',
  isBase64Encoded: 'boolean',
};
const CONTEXT_FIELDS: FieldTypes = { domainName: 'string', stage: 'string', requestId: 'string' };
const HTTP_FIELDS: FieldTypes = { sourceIp: 'string' };

function findV2WrongField(event: Record<string, unknown>): string | undefined {
  const context = event['requestContext'] as Record<string, unknown>;
  return (
    wrongFieldIn(event, EVENT_FIELDS) ??
    wrongFieldIn(context, CONTEXT_FIELDS) ??
    wrongFieldIn(context['http'] as Record<string, unknown>, HTTP_FIELDS)
  );
}

const V2_READER: RequestReader<Invocation<APIGatewayProxyEventV2>> = {
  body: readBody,
  deadline: deadlineOf,
  details: loadEventDetails,
  query: ({ event }) =>
    typeof event.rawQueryString === 'string'
      ? encodeNonAscii(event.rawQueryString)
      : joinQuery(flatten(event.queryStringParameters).map(encodeText)),
  headers({ event }) {
    const flat = flatten(event.headers);
    // HTTP APIs move cookies into a list of their own; Function URLs have them in both places.
    if (event.cookies?.length && !flat.some((name, i) => i % 2 === 0 && name.toLowerCase() === 'cookie')) {
      flat.push('cookie', event.cookies.join('; '));
    }
    return foldHeaders(flat);
  },
};

function toV2Request(invocation: Invocation<APIGatewayProxyEventV2>): HttpRequest {
  const { rawPath, requestContext } = invocation.event;
  const path =
    invocation.source === 'url'
      ? encodeNonAscii(rawPath)
      : encodeDecodedPath(withoutStage(rawPath, requestContext.stage));
  return new HttpRequest(requestContext.http.method, path, V2_READER, invocation);
}

// Without a `statusCode` in a result, the gateway would take the object for the body of a 200.
const V2_CODEC = { findWrongField: findV2WrongField, toRequest: toV2Request, toResult: toWholeResult };

/**
 * API Gateway's HTTP APIs, payload format 2.0. They decode the path, so it is encoded again.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
const httpCodec: EventCodec<'http'> = { source: 'http', ...V2_CODEC };

/**
 * Lambda's Function URLs: payload format 2.0, with the path as the client sent it.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 */
const urlCodec: EventCodec<'url'> = { source: 'url', ...V2_CODEC };

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
