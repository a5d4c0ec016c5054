import { HttpRequest } from '../http/http-request.js';
import type { LambdaInvocation, OpenRequest } from './invocation.js';

/** Makes the request of an invocation, with the whole path of its event. */
export const openRequest: OpenRequest = (invocation, method, path, reader, raw = invocation) => {
  const request = new HttpRequest(method, path || '/', reader, raw);
  request.lambda = invocation as LambdaInvocation;
  return request;
};
