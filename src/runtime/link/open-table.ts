import type { AppOptions } from '../app.js';
import type { PlanSource } from '../plan/plan-source.js';
import type { Matcher, SearchedPaths } from './matching/matcher.js';
import type { Route } from './route.js';

/** The routes of an app. */
export interface RouteTable {
  readonly match: Matcher;
  /** Every method that the app knows; any other is a 501. */
  readonly methods: readonly string[];
  /** Links every route now, where a start may take its time and the first request may not; the most specific comes first. */
  linkAll(): readonly Route[];
}

/** A table with all that it consists of. Its plan may turn out to be stale: then it gets another one. */
export interface OpenTable extends RouteTable, SearchedPaths<Route> {
  readonly options: Readonly<AppOptions>;
  source: PlanSource;
  methods: readonly string[];
  /** The controllers that all requests share, by class. */
  readonly instances: Map<unknown, object>;
  linked: Route[];
  kept: SearchedPaths<Route>['kept'];
  /** Why the app cannot be planned afresh. */
  failure: unknown;
}
