import type { Route } from '../declarations/route.js';
import type { ParamValue } from '../http/request-route.js';

/** What a target leads to. */
export type Match =
  | { readonly kind: 'route'; readonly route: Route; readonly paramValues: readonly ParamValue[] }
  | { readonly kind: 'methods'; readonly allowed: readonly string[] }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'malformed' };
