import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { HttpRequest } from '../http/http-request.js';
import { encodeDecodedPath } from '../http/percent.js';
import { type EventCodec, GATEWAY_HEADER_LIMIT, LAMBDA_LIMIT, withoutPrefix } from './event-codec.js';
import type { LambdaInvocation } from './lambda-invocation.js';
import { isV2, toV2Result, V2_READER } from './payload-v2.js';
import { withoutStage } from './stage.js';

/**
 * API Gateway's HTTP APIs, payload format 2.0. They decode the path before we see it, so it is encoded again.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export const httpCodec: EventCodec<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2> = {
  source: 'http',
  limit: LAMBDA_LIMIT,
  headerLimit: GATEWAY_HEADER_LIMIT,
  recognises: (event) => isV2(event, false),

  toRequest(invocation, basePath) {
    const { event } = invocation;
    const path = encodeDecodedPath(withoutStage(event.rawPath, event.requestContext));
    const request = new HttpRequest(
      event.requestContext.http.method,
      withoutPrefix(path, basePath) || '/',
      V2_READER,
      invocation,
    );
    request.lambda = invocation as LambdaInvocation;
    return request;
  },

  toResult: toV2Result,
};
