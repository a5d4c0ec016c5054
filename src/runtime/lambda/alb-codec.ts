import type { ALBEvent, ALBResult } from 'aws-lambda';
import { foldHeaders } from '../http/header-fields.js';
import type { RequestReader } from '../http/http-request.js';
import { encodeNonAscii } from '../http/percent.js';
import { reasonPhrase } from '../http/reason-phrase.js';
import { type BufferedReply, type EventCodec, type Invocation, isObject } from './event-codec.js';
import { bodyOf, flatten, headersOf, joinQuery, lastForwarded, peerOf, readEventBody } from './event-parts.js';
import { INVOCATION_READER } from './invocation-reader.js';
import { invocationRequest } from './invocation-request.js';
import { singleHeadersOf } from './single-headers.js';

export const ALB_READER: RequestReader<Invocation<ALBEvent>> = {
  ...INVOCATION_READER,
  // The balancer does not decode: encoding again would do it twice.
  query: ({ event }) =>
    encodeNonAscii(joinQuery(flatten(event.multiValueQueryStringParameters, event.queryStringParameters))),
  headers: ({ event }) => foldHeaders(flatten(event.multiValueHeaders, event.headers)),
  body: readEventBody,
  // The event says nothing of the client itself: the last entries are the balancer's own.
  peer({ event }) {
    const flat = flatten(event.multiValueHeaders, event.headers);
    return peerOf(lastForwarded(flat, 'x-forwarded-for'), flat, true);
  },
};

/** The balancer's limit on a function's answer, in bytes. */
const ALB_LIMIT = 1024 * 1024;

/**
 * Its limit on all headers of an answer, in bytes.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 */
const ALB_HEADER_LIMIT = 32 * 1024;

/**
 * Application Load Balancers, with multi-value headers or without.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 */
export const albCodec: EventCodec<ALBEvent, ALBResult> = {
  source: 'alb',
  limit: ALB_LIMIT,
  headerLimit: ALB_HEADER_LIMIT,

  recognises: (event) =>
    isObject(event['requestContext']) &&
    isObject(event['requestContext']['elb']) &&
    typeof event['httpMethod'] === 'string' &&
    typeof event['path'] === 'string',

  toRequest(invocation, basePath) {
    const { event } = invocation;
    return invocationRequest(event.httpMethod, encodeNonAscii(event.path), basePath, ALB_READER, invocation);
  },

  // The balancer reads multiValueHeaders if and only if the event came with them.
  toResult(reply, event) {
    const result: ALBResult = {
      statusCode: reply.status,
      statusDescription: `${reply.status} ${reasonPhrase(reply.status) ?? 'Unknown'}`,
      ...bodyOf(reply),
    };
    if (event.multiValueHeaders) result.multiValueHeaders = multiValueHeadersOf(reply);
    else result.headers = singleHeadersOf(reply);
    return result;
  },
};

function multiValueHeadersOf(reply: BufferedReply): Record<string, string[]> {
  const headers: Record<string, string[]> = {};
  for (const [name, value] of Object.entries(headersOf(reply))) headers[name] = [value];
  if (reply.cookies.length > 0) headers['set-cookie'] = [...reply.cookies];
  return headers;
}
