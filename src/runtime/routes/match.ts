import type { ParamValue } from '../http/http-request.js';
import type { Route } from './route.js';

/** What a target leads to. */
export type Match =
  | { readonly kind: 'route'; readonly route: Route; readonly paramValues: readonly ParamValue[] }
  | { readonly kind: 'methods'; readonly allowed: readonly string[] }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'malformed' };
