import type { ReceivedReply, SentRequest } from './exchanges.js';

/** The event of an HTTP API (payload format 2.0) for a request: the one source that every candidate takes. */
export function eventOf({
  method,
  path,
  query,
  body,
  type = 'application/json',
}: SentRequest): Record<string, unknown> {
  const parameters = Object.fromEntries(new URLSearchParams(query));
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: query,
    // In the order in which HTTP APIs send them.
    headers: {
      accept: '*/*',
      'accept-encoding': 'gzip, deflate',
      ...(body !== undefined && {
        'content-length': String(Buffer.byteLength(body)),
        'content-type': type,
      }),
      host: 'a1b2c3.execute-api.eu-west-1.amazonaws.com',
      'user-agent': 'bench',
      'x-amzn-trace-id': 'Root=1-65a1b2c3-0123456789abcdef01234567',
      'x-forwarded-for': '203.0.113.7',
      'x-forwarded-port': '443',
      'x-forwarded-proto': 'https',
    },
    ...(query !== '' && { queryStringParameters: parameters }),
    requestContext: {
      accountId: '123456789012',
      apiId: 'a1b2c3',
      domainName: 'a1b2c3.execute-api.eu-west-1.amazonaws.com',
      domainPrefix: 'a1b2c3',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '203.0.113.7', userAgent: 'bench' },
      requestId: 'JKJaXmPLvHcESHA=',
      routeKey: '$default',
      stage: '$default',
      time: '24/Nov/2026:10:00:00 +0000',
      timeEpoch: 1795514400000,
    },
    ...(body !== undefined && { body }),
    isBase64Encoded: false,
  };
}

/** What Lambda gives a handler beside the event. */
export function createContext(): Record<string, unknown> {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: 'bench',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:bench',
    memoryLimitInMB: '1024',
    awsRequestId: '3f6d1b1e-0000-4000-8000-000000000000',
    logGroupName: '/aws/lambda/bench',
    logStreamName: 'bench',
    getRemainingTimeInMillis: () => 30_000,
  };
}

/** The reply in a handler's result, in one form for all handlers. */
export function replyOf(result: unknown): ReceivedReply {
  const { statusCode, headers, multiValueHeaders, body, isBase64Encoded } = result as {
    statusCode: number;
    headers?: Record<string, string>;
    multiValueHeaders?: Record<string, string[]>;
    body?: string;
    isBase64Encoded?: boolean;
  };
  const all = { ...headers, ...multiValueHeaders };
  const name = Object.keys(all).find((key) => key.toLowerCase() === 'content-type');
  const text = isBase64Encoded ? Buffer.from(body ?? '', 'base64').toString() : (body ?? '');
  return { status: statusCode, contentType: name === undefined ? '' : String(all[name]), body: text };
}
