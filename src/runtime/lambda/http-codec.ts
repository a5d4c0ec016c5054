import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { encodeDecodedPath } from '../http/percent.js';
import { type EventCodec, GATEWAY_HEADER_LIMIT, LAMBDA_LIMIT } from './event-codec.js';
import { invocationRequest } from './invocation-request.js';
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
    return invocationRequest(event.requestContext.http.method, path, basePath, V2_READER, invocation);
  },

  toResult: toV2Result,
};
