import type { AppOptions } from '../app.js';
import { createPathPrefix, matchOutsidePrefix } from '../dispatch/path-prefix.js';
import type { HttpRequest } from '../http/http-request.js';
import { basePathBefore } from '../http/origin/front-path.js';
import { setBasePath } from './front-path.js';
import type { OpenRequest } from './invocation.js';
import { openRequest } from './open-request.js';

/** The requests of a handler that has a base path. */
export interface PrefixedRequests {
  /** Makes a request, its path without the base path. */
  readonly open: OpenRequest;
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
    open(invocation, method, target, reader, raw) {
      const path = target === '*' ? target : prefix.remove(target);
      const request = openRequest(invocation, method, path ?? target, reader, raw);
      if (path === undefined) outside.add(request);
      else setBasePath(request, basePathBefore(target, path));
      return request;
    },
    matchOf: (request) => (outside.has(request) ? matchOutsidePrefix(request.path) : undefined),
  };
}
