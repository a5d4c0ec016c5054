import type { ALBEvent, ALBResult } from 'aws-lambda';
import { foldHeaders } from '../http/header-fields.js';
import { HttpRequest, type RequestReader } from '../http/http-request.js';
import { encodeNonAscii } from '../http/percent.js';
import { reasonPhrase } from '../http/reason-phrase.js';
import { type BufferedReply, type EventCodec, type Invocation, isObject, withoutPrefix } from './event-codec.js';
import { bodyOf, flatten, headersOf, idOf, joinQuery, lastForwarded, peerOf, readEventBody } from './event-parts.js';
import type { LambdaInvocation } from './lambda-invocation.js';

const READER: RequestReader<Invocation<ALBEvent>> = {
  // The balancer does not decode: encoding again would do it twice.
  query: ({ event }) =>
    encodeNonAscii(joinQuery(flatten(event.multiValueQueryStringParameters, event.queryStringParameters))),
  headers: ({ event }) => foldHeaders(flatten(event.multiValueHeaders, event.headers)),
  body: readEventBody,
  id: idOf as (invocation: Invocation<ALBEvent>) => string,
  // The event says nothing of the client itself: the last entries are the balancer's own.
  peer({ event }) {
    const flat = flatten(event.multiValueHeaders, event.headers);
    return peerOf(lastForwarded(flat, 'x-forwarded-for'), flat, true);
  },
};

/** The balancer's limit on a function's answer, in bytes. */
const ALB_LIMIT = 1024 * 1024;

/**
 * Application Load Balancers, with multi-value headers or without.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 */
export const albCodec: EventCodec<ALBEvent, ALBResult> = {
  source: 'alb',
  limit: ALB_LIMIT,

  recognises: (event) =>
    isObject(event['requestContext']) &&
    isObject(event['requestContext']['elb']) &&
    typeof event['httpMethod'] === 'string' &&
    typeof event['path'] === 'string',

  toRequest(invocation, basePath) {
    const { event } = invocation;
    const request = new HttpRequest(
      event.httpMethod,
      withoutPrefix(encodeNonAscii(event.path), basePath) || '/',
      READER,
      invocation,
    );
    request.lambda = invocation as LambdaInvocation;
    return request;
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

/**
 * One value a name is all that there is: several cookies go under names that differ in case. Joined with a comma they
 * would be lost, since a cookie's Expires has a comma of its own.
 */
function singleHeadersOf(reply: BufferedReply): Record<string, string> {
  const headers: Record<string, string> = { ...headersOf(reply) };
  reply.cookies.forEach((cookie, i) => {
    headers[inCase('set-cookie', i)] = cookie;
  });
  return headers;
}

/** The `n`th way to write a name in upper and lower case; the 0th is lower case. */
function inCase(name: string, n: number): string {
  let bits = n;
  return name.replace(/[a-z]/g, (letter) => {
    const isUpper = bits % 2 === 1;
    bits = Math.floor(bits / 2);
    return isUpper ? letter.toUpperCase() : letter;
  });
}
