import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { HttpRequest } from '../http/http-request.js';
import { encodeNonAscii } from '../http/percent.js';
import { type EventCodec, LAMBDA_LIMIT, withoutPrefix } from './event-codec.js';
import type { LambdaInvocation } from './lambda-invocation.js';
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
    const request = new HttpRequest(
      event.requestContext.http.method,
      withoutPrefix(encodeNonAscii(event.rawPath), basePath) || '/',
      V2_READER,
      invocation,
    );
    request.lambda = invocation as LambdaInvocation;
    return request;
  },

  toResult: toV2Result,
};
