import type { GatewayName } from '../../../runtime/gateways/gateway.js';
import type { RawResponse } from '../../../runtime/gateways/raw-http.js';

/** What a gateway holds requests and functions to, and what it says when something fails. */
export interface Front {
  readonly name: GatewayName;
  /** How large the body of a request may be, in bytes. */
  readonly bodyLimit: number;
  /** How long it waits for an answer to begin, in milliseconds; as long as the function has where there is no limit. */
  readonly timeLimit: number | undefined;
  /** Whether it passes a streamed answer on as it comes. */
  readonly streams: boolean;
  /** The answer where the function threw, overran its time, ended, or could not begin. */
  readonly functionError: RawResponse;
  /** The answer where the gateway waits no longer. */
  readonly timedOut: RawResponse;
  /** The answer where there are too many invocations at once. */
  readonly throttled: RawResponse;
  /** The answer to a request that is too large, or whose event is. */
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
const rest: Front = {
  name: 'rest',
  bodyLimit: 10 * MEGABYTE,
  timeLimit: 29_000,
  streams: true,
  functionError: json(502, { message: 'Internal server error' }),
  timedOut: json(504, { message: 'Endpoint request timed out' }),
  throttled: json(500, { message: 'Internal server error' }),
  tooLarge: json(413, { message: 'Request Too Long' }),
};

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const http: Front = {
  name: 'http',
  bodyLimit: 10 * MEGABYTE,
  timeLimit: 30_000,
  streams: false,
  functionError: json(500, { message: 'Internal Server Error' }),
  timedOut: json(503, { message: 'Service Unavailable' }),
  throttled: json(503, { message: 'Service Unavailable' }),
  tooLarge: json(413, { message: 'Request Entity Too Large' }),
};

/** Text, whatever its type says. */
const URL_FAILURE: RawResponse = {
  status: 502,
  headers: [['content-type', 'application/json']],
  body: Buffer.from('Internal Server Error'),
};

/** @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const url: Front = {
  name: 'url',
  bodyLimit: 6 * MEGABYTE,
  timeLimit: undefined,
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
const alb: Front = {
  name: 'alb',
  bodyLimit: MEGABYTE,
  timeLimit: undefined,
  streams: false,
  functionError: html(502, '502 Bad Gateway'),
  timedOut: html(504, '504 Gateway Time-out'),
  throttled: html(502, '502 Bad Gateway'),
  tooLarge: html(413, '413 Request Entity Too Large'),
};

/** All fronts, by name. */
export const FRONTS: Readonly<Record<GatewayName, Front>> = {
  rest,
  http,
  url,
  alb,
  'alb-multi': { ...alb, name: 'alb-multi' },
};
