import type { RequestHandler } from '../../http/middleware.js';
import type { ParamValue } from '../../http/request-route.js';
import type { Route } from '../route.js';

/**
 * What a matcher finds for a method and a path: a route, a public file, the path's other methods, nothing, or a malformed
 * path.
 */
export type Match<R = Route> =
  | { readonly kind: 'route'; readonly route: R; readonly paramValues: readonly ParamValue[] }
  | { readonly kind: 'file'; readonly handle: RequestHandler }
  | { readonly kind: 'methods'; readonly allowed: readonly string[] }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'malformed' };
