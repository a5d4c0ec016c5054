import type { ALBEvent, ALBResult } from 'aws-lambda';
import { loadRequestErrors } from '../../http/errors/request-errors.lazy.js';
import { HttpRequest, type RequestReader } from '../../http/http-request.js';
import { encodeNonAscii } from '../../http/percent.js';
import type { Invocation } from '../invocation.js';
import type { RecognisingCodec } from './event-codec.js';
import { loadEventDetails } from './event-details.lazy.js';
import { isObject, joinQuery, wrongFieldIn } from './event-fields.js';
import { type BufferedReply, resultHeaders, toWholeResult } from './result-fields.js';
import { singleResultHeaders } from './single-result-headers.js';
import { headersOf, queryOf, V1_FIELDS } from './v1-fields.js';
import { V1_READER, v1Details } from './v1-reader.js';

export const ALB_READER: RequestReader<Invocation<ALBEvent>> = {
  ...V1_READER,
  // The balancer does not decode the query: encoding it here would encode it twice.
  query: ({ event }) => encodeNonAscii(joinQuery(queryOf(event))),
  details: () => ({
    ...v1Details(),
    // The event has no client address of its own; the balancer writes the last entry of the forwarding headers.
    peer({ event }) {
      const { lastForwarded, peerOfEvent } = loadEventDetails();
      const headers = headersOf(event);
      return peerOfEvent(lastForwarded(headers, 'x-forwarded-for'), headers);
    },
  }),
};

/**
 * Application Load Balancers, with multi-value headers or without.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 */
export const albCodec: RecognisingCodec<'alb'> = {
  source: 'alb',

  recognises: (event) =>
    isObject(event['requestContext']) &&
    isObject(event['requestContext']['elb']) &&
    typeof event['httpMethod'] === 'string' &&
    typeof event['path'] === 'string',

  findWrongField: (event) => wrongFieldIn(event, V1_FIELDS),

  toRequest(invocation) {
    const { httpMethod, path } = invocation.event;
    return new HttpRequest(httpMethod, encodeNonAscii(path), ALB_READER, invocation);
  },

  // The balancer reads multiValueHeaders if and only if the event came with them.
  toResult(reply, event) {
    const { statusCode, body, isBase64Encoded } = toWholeResult(reply);
    const statusDescription = `${statusCode} ${phraseOf(statusCode)}`;
    const result: ALBResult = { statusCode, statusDescription, body, isBase64Encoded };
    if (event.multiValueHeaders) result.multiValueHeaders = multiResultHeaders(reply);
    else result.headers = singleResultHeaders(reply);
    return result;
  },
};

/** The name of a status. Those of common replies are here: the others are in the file that an error loads. */
function phraseOf(status: number): string {
  switch (status) {
    case 200:
      return 'OK';
    case 201:
      return 'Created';
    case 204:
      return 'No Content';
    case 302:
      return 'Found';
    case 304:
      return 'Not Modified';
    default:
      return loadRequestErrors().reasonPhrase(status) ?? 'Unknown';
  }
}

function multiResultHeaders(reply: BufferedReply): Record<string, string[]> {
  const headers: Record<string, string[]> = {};
  for (const [name, value] of Object.entries(resultHeaders(reply))) headers[name] = [value];
  if (reply.cookies.length > 0) headers['set-cookie'] = [...reply.cookies];
  return headers;
}
