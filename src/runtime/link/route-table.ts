import type { Route } from '../declarations/route.js';
import { COMMON_METHODS } from '../http/methods.js';
import type { PathOptions } from '../http/path-options.js';
import { orderRoutes } from '../plan/order-routes.js';
import { planTree } from '../plan/plan-tree.js';
import { createMatcher, type Matcher } from './matching/matcher.js';

/** All routes of an app, the most specific first, and the matcher for them. */
export interface RouteTable {
  readonly routes: readonly Route[];
  readonly match: Matcher;
  /** Every method that the app knows; any other is a 501. */
  readonly methods: ReadonlySet<string>;
}

/** Orders and freezes routes. */
export function createRouteTable(routes: readonly Route[], options: PathOptions): RouteTable {
  const ordered = orderRoutes(routes);
  const declared = ordered.map((route) => route.method).filter((method) => method !== 'ALL');
  return Object.freeze({
    routes: Object.freeze(ordered.map((route) => Object.freeze(route))),
    match: createMatcher(planTree(ordered), (route) => ordered[route]!, options),
    methods: new Set([...COMMON_METHODS, ...declared]),
  });
}
