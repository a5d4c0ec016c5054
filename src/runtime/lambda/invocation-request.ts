import { HttpRequest, type RequestReader } from '../http/http-request.js';
import { type Invocation, withoutPrefix } from './event-codec.js';
import type { LambdaInvocation } from './lambda-invocation.js';

/**
 * Makes a request of an invocation, whatever its source.
 *
 * @param path percent-encoded; the base path, which may stand before it, is taken off
 * @param raw what `reader` reads, where that is not the invocation itself
 */
export function invocationRequest<Raw extends Invocation<unknown>>(
  method: string,
  path: string,
  basePath: string,
  reader: RequestReader<Raw>,
  invocation: Invocation<unknown>,
  raw = invocation,
): HttpRequest {
  const request = new HttpRequest(method, withoutPrefix(path, basePath) || '/', reader, raw);
  request.lambda = invocation as LambdaInvocation;
  return request;
}
