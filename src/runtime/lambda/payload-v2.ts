import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { foldHeaders } from '../http/header-fields.js';
import type { RequestReader } from '../http/http-request.js';
import { encodeNonAscii } from '../http/percent.js';
import { type BufferedReply, type Invocation, isObject } from './event-codec.js';
import { bodyOf, encodeQuery, flatten, headersOf, peerOf, readEventBody } from './event-parts.js';
import { INVOCATION_READER } from './invocation-reader.js';

/** Payload format 2.0, which HTTP APIs and Function URLs share. */
export const V2_READER: RequestReader<Invocation<APIGatewayProxyEventV2>> = {
  ...INVOCATION_READER,
  query: ({ event }) =>
    typeof event.rawQueryString === 'string'
      ? encodeNonAscii(event.rawQueryString)
      : encodeQuery(flatten(undefined, event.queryStringParameters)),
  headers({ event }) {
    const flat = flatten(undefined, event.headers);
    // HTTP APIs move cookies into a list of their own, Function URLs have them in both places.
    if (event.cookies?.length && !flat.some((name, i) => i % 2 === 0 && name.toLowerCase() === 'cookie')) {
      flat.push('cookie', event.cookies.join('; '));
    }
    return foldHeaders(flat);
  },
  body: readEventBody,
  peer: ({ event }) => peerOf(event.requestContext.http.sourceIp, flatten(undefined, event.headers), true),
  claims: ({ event }) => v2ClaimsOf((event.requestContext as { authorizer?: unknown }).authorizer),
};

/** A JWT authorizer has claims; a Lambda or IAM one, whatever it knows. */
function v2ClaimsOf(authorizer: unknown): Record<string, unknown> | undefined {
  if (!isObject(authorizer)) return undefined;
  const { jwt, lambda, iam } = authorizer;
  if (isObject(jwt) && isObject(jwt['claims'])) return jwt['claims'];
  return isObject(lambda) ? lambda : isObject(iam) ? iam : undefined;
}

/** Whether the event is of payload format 2.0, of the domain of a Function URL or not. */
export function isV2(event: Record<string, unknown>, isFunctionUrl: boolean): boolean {
  const context = event['requestContext'];
  if (event['version'] !== '2.0' || typeof event['rawPath'] !== 'string' || !isObject(context)) return false;
  // Authorizers of format 2.0 look like requests, but for these.
  if (event['routeArn'] !== undefined || event['type'] !== undefined) return false;
  if (!isObject(context['http']) || typeof context['http']['method'] !== 'string') return false;
  const domain = context['domainName'];
  return (typeof domain === 'string' && domain.includes('.lambda-url.')) === isFunctionUrl;
}

/** The result: without a `statusCode`, an object would be taken for the body of a 200. */
export function toV2Result(reply: BufferedReply): APIGatewayProxyStructuredResultV2 {
  const result: APIGatewayProxyStructuredResultV2 = {
    statusCode: reply.status,
    headers: headersOf(reply),
    ...bodyOf(reply),
  };
  if (reply.cookies.length > 0) result.cookies = [...reply.cookies];
  return result;
}
