import type { IncomingHttpHeaders } from 'node:http';

/** The context that is passed to a handler. */
export interface InvocationContext {
  readonly functionName: string | undefined;
  readonly functionVersion: string | undefined;
  readonly memoryLimitInMB: string | undefined;
  readonly logGroupName: string | undefined;
  readonly logStreamName: string | undefined;
  readonly invokedFunctionArn: string;
  readonly awsRequestId: string;
  readonly xRayTraceId: string | undefined;
  readonly clientContext: unknown;
  readonly identity: unknown;
  getRemainingTimeInMillis(): number;
}

/** Makes the context of an invocation from the headers of the Runtime API and the environment of the function. */
export function toContext(headers: IncomingHttpHeaders): InvocationContext {
  const header = (name: string) => headers[`lambda-runtime-${name}`] as string | undefined;
  const deadlineMs = Number(header('deadline-ms'));
  return {
    functionName: process.env['AWS_LAMBDA_FUNCTION_NAME'],
    functionVersion: process.env['AWS_LAMBDA_FUNCTION_VERSION'],
    memoryLimitInMB: process.env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'],
    logGroupName: process.env['AWS_LAMBDA_LOG_GROUP_NAME'],
    logStreamName: process.env['AWS_LAMBDA_LOG_STREAM_NAME'],
    invokedFunctionArn: header('invoked-function-arn') ?? '',
    awsRequestId: header('aws-request-id') ?? '',
    xRayTraceId: header('trace-id'),
    clientContext: parsed(header('client-context')),
    identity: parsed(header('cognito-identity')),
    getRemainingTimeInMillis: () => deadlineMs - Date.now(),
  };
}

function parsed(header: string | undefined): unknown {
  return header === undefined || header === '' ? undefined : JSON.parse(header);
}
