/**
 * What API Gateway logs of a request: one JSON object. HTTP and REST APIs know these variables under the same names.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
 */
const FIELDS: Readonly<Record<string, string>> = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  ip: '$context.identity.sourceIp',
  userAgent: '$context.identity.userAgent',
  method: '$context.httpMethod',
  path: '$context.path',
  protocol: '$context.protocol',
  status: '$context.status',
  responseLength: '$context.responseLength',
  latency: '$context.responseLatency',
  integrationLatency: '$context.integration.latency',
  integrationError: '$context.integration.error',
  functionRequestId: '$context.integration.requestId',
  error: '$context.error.message',
};

/** The format of an access log of API Gateway. */
export const ACCESS_LOG_FORMAT = JSON.stringify(FIELDS);

/**
 * The log group for the access log of an API. Names that begin so share one policy of CloudWatch; others may make it too long
 * (CloudWatch Logs, "Logs sent to CloudWatch Logs").
 */
export function accessLogGroup(functionName: string): string {
  return `/aws/vendedlogs/apigateway/${functionName}`;
}
