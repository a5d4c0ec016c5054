import type { GatewayName } from '../../../runtime/gateways/gateway.js';
import type { RawResponse } from '../../../runtime/gateways/raw-http.js';

/** The limits of a gateway, and its own responses to failures. */
export interface GatewayRules {
  readonly name: GatewayName;
  /** How large the body of a request may be, in bytes. */
  readonly bodyLimit: number;
  /** How long the gateway waits for a response to start, in milliseconds. Undefined: as long as the function may run. */
  readonly timeoutMs: number | undefined;
  /** Whether it passes a streamed response on chunk by chunk. */
  readonly streams: boolean;
  /** The response when the function throws, runs too long, exits, or cannot start. */
  readonly functionError: RawResponse;
  /** The response when the gateway stops waiting. */
  readonly timedOut: RawResponse;
  /** The response when there are too many invocations at the same time. */
  readonly throttled: RawResponse;
  /** The response to a request that is too large, or whose event is. */
  readonly tooLarge: RawResponse;
}

const MEGABYTE = 1024 * 1024;

const json = (status: number, body: object): RawResponse => ({
  status,
  headers: [['content-type', 'application/json']],
  body: Buffer.from(JSON.stringify(body)),
});

const html = (status: number, title: string): RawResponse => ({
  status,
  headers: [['content-type', 'text/html']],
  body: Buffer.from(
    `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`,
  ),
});

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
const rest: GatewayRules = {
  name: 'rest',
  bodyLimit: 10 * MEGABYTE,
  timeoutMs: 29_000,
  streams: true,
  functionError: json(502, { message: 'Internal server error' }),
  timedOut: json(504, { message: 'Endpoint request timed out' }),
  throttled: json(500, { message: 'Internal server error' }),
  tooLarge: json(413, { message: 'Request Too Long' }),
};

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const http: GatewayRules = {
  name: 'http',
  bodyLimit: 10 * MEGABYTE,
  timeoutMs: 30_000,
  streams: false,
  functionError: json(500, { message: 'Internal Server Error' }),
  timedOut: json(503, { message: 'Service Unavailable' }),
  throttled: json(503, { message: 'Service Unavailable' }),
  tooLarge: json(413, { message: 'Request Entity Too Large' }),
};

/** Its body is plain text, although its content type is JSON. */
const URL_FAILURE: RawResponse = {
  status: 502,
  headers: [['content-type', 'application/json']],
  body: Buffer.from('Internal Server Error'),
};

/** @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const url: GatewayRules = {
  name: 'url',
  bodyLimit: 6 * MEGABYTE,
  timeoutMs: undefined,
  streams: true,
  functionError: URL_FAILURE,
  timedOut: URL_FAILURE,
  throttled: json(429, {
    Reason: 'ConcurrentInvocationLimitExceeded',
    Type: 'User',
    message: 'Rate Exceeded.',
  }),
  tooLarge: json(413, {
    Message: `Request must be smaller than ${6 * MEGABYTE} bytes for the InvokeFunction operation`,
  }),
};

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html */
const alb: GatewayRules = {
  name: 'alb',
  bodyLimit: MEGABYTE,
  timeoutMs: undefined,
  streams: false,
  functionError: html(502, '502 Bad Gateway'),
  timedOut: html(504, '504 Gateway Time-out'),
  throttled: html(502, '502 Bad Gateway'),
  tooLarge: html(413, '413 Request Entity Too Large'),
};

/** The rules of each gateway. */
export const GATEWAY_RULES: Readonly<Record<GatewayName, GatewayRules>> = {
  rest,
  http,
  url,
  alb,
  'alb-multi': { ...alb, name: 'alb-multi' },
};
