import type { Gateway } from './gateway.js';
import { decodeLeniently, fromV2Result, toV2Event, type V2Dialect } from './payload-v2.js';
import { gatewayError } from './result-fields.js';

const DIALECT: V2Dialect = {
  // HTTP APIs decode the path, and cut it at a question mark that appears by decoding.
  path: (path) => decodeLeniently(path).split('?')[0]!,
  domainName: (host) => (host?.includes('.execute-api.') ? host : 'abcdefghij.execute-api.us-east-1.amazonaws.com'),
  keepsCookieHeader: false,
  accountId: '123456789012',
  ownHeaders: [],
  malformed: gatewayError(500, 'Internal Server Error'),
};

/** API Gateway's HTTP APIs, payload format 2.0. */
export const httpGateway: Gateway = {
  name: 'http',
  toEvent: (request, context = {}) => toV2Event(request, context, DIALECT),
  toResponse: (result, request) => fromV2Result(result, request, DIALECT),
};
