import type { Gateway } from './gateway.js';
import { fromV2Result, toV2Event, type V2Dialect } from './payload-v2.js';

const DIALECT: V2Dialect = {
  path: (path) => path,
  domainName: (host) =>
    host?.includes('.lambda-url.') ? host : 'abcdefghijklmnopqrstuvwxyz012345.lambda-url.us-east-1.on.aws',
  keepsCookieHeader: true,
  accountId: 'anonymous',
  ownHeaders: [
    ['x-amzn-tls-cipher-suite', 'TLS_AES_128_GCM_SHA256'],
    ['x-amzn-tls-version', 'TLSv1.3'],
  ],
  malformed: {
    status: 502,
    headers: [['content-type', 'application/json']],
    body: Buffer.from('Internal Server Error'),
  },
};

/** Lambda's Function URLs. */
export const urlGateway: Gateway = {
  name: 'url',
  toEvent: (request, context = {}) => toV2Event(request, context, DIALECT),
  toResponse: (result, request) => fromV2Result(result, request, DIALECT),
};
