import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { encodeNonAscii } from '../http/percent.js';
import { type EventCodec, LAMBDA_LIMIT } from './event-codec.js';
import { invocationRequest } from './invocation-request.js';
import { isV2, toV2Result, V2_READER } from './payload-v2.js';

/**
 * Lambda's Function URLs: payload format 2.0, the path as it was sent.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 */
export const urlCodec: EventCodec<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2> = {
  source: 'url',
  limit: LAMBDA_LIMIT,
  recognises: (event) => isV2(event, true),

  toRequest(invocation, basePath) {
    const { event } = invocation;
    const { method } = event.requestContext.http;
    return invocationRequest(method, encodeNonAscii(event.rawPath), basePath, V2_READER, invocation);
  },

  toResult: toV2Result,
};
