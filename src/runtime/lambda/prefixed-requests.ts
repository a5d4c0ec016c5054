import type { AppOptions } from '../app.js';
import { createPathPrefix, matchOutsidePrefix } from '../dispatch/path-prefix.js';
import { HttpRequest } from '../http/http-request.js';
import { basePathBefore } from '../http/origin/front-path.js';
import { internalsOf } from '../http/request-access.js';
import { setBasePath } from './front-path.js';

/** The requests of a handler that has a base path. */
export interface PrefixedRequests {
  /** Makes a request without the base path of one with it. */
  take(request: HttpRequest): HttpRequest;
  /** What a request outside of the base path matches; undefined for one inside. */
  matchOf(request: HttpRequest): ReturnType<typeof matchOutsidePrefix> | undefined;
}

/**
 * Makes the requests of a handler with a base path; undefined where that is the root.
 *
 * @throws TypeError for a base path that is not a plain path
 */
export function openPrefixedRequests(basePath: string, options: Readonly<AppOptions>): PrefixedRequests | undefined {
  const prefix = createPathPrefix(basePath, options);
  if (prefix === undefined) return undefined;
  const outside = new WeakSet<HttpRequest>();
  return {
    take(whole) {
      if (whole.path === '*') return whole;
      const path = prefix.remove(whole.path);
      if (path === undefined) {
        outside.add(whole);
        return whole;
      }
      const { reader, raw } = internalsOf(whole);
      const request = new HttpRequest(whole.method, path, reader, raw);
      request.lambda = whole.lambda!;
      setBasePath(request, basePathBefore(whole.path, path));
      return request;
    },
    matchOf: (request) => (outside.has(request) ? matchOutsidePrefix(request.path) : undefined),
  };
}
