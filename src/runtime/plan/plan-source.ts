import type { AppPlan, RoutePlan } from './app-plan.js';
import type { DtoPlan } from './dto/dto-plan.js';

/** A plan as `link` reads it: what a build has planned stays text until it is first needed. */
export interface PlanSource extends Omit<AppPlan, 'routes' | 'dtos' | 'descriptions'> {
  /** Read by {@link routePlanAt}. */
  readonly routes: readonly (RoutePlan | string)[];
  /** Where routes are text: what they have in common, as in {@link PlanText}. */
  readonly kinds?: string;
  /** Read by `dtosOf`. */
  dtos: readonly DtoPlan[] | string;
}

/** A plan that a build has made, as text. */
export interface PlanText {
  /** What the app must be like; see `outlineOf`. */
  readonly outline: string;
  readonly head: string;
  /** Each on a line of its own: where it is, and the position of its kind. */
  readonly routes: string;
  /** What many routes have in common, each kind on a line of its own. */
  readonly kinds: string;
  readonly dtos: string;
}

/** Where a route is, in a plan that is text. */
export type RoutePlace = readonly [
  kind: number,
  method: string,
  path: string,
  controller: number,
  member: RoutePlan['member'],
  depth?: number,
];

/** A route apart from where it is. */
type RouteKind = Omit<RoutePlan, 'method' | 'path' | 'controller' | 'member' | 'depth'>;

/** A plan that a build has made. */
export function readPlan({ head, routes, kinds, dtos }: PlanText): PlanSource {
  return { ...JSON.parse(head), routes: routes === '' ? [] : routes.split('\n'), kinds, dtos };
}

/** The plan of a route by its position. */
export function routePlanAt({ routes, kinds }: PlanSource, index: number): RoutePlan {
  const text = routes[index]!;
  if (typeof text !== 'string') return text;
  const place = JSON.parse(text) as RoutePlace;
  const plan = JSON.parse(kinds!.split('\n')[place[0]]!) as RouteKind & {
    -readonly [K in keyof RoutePlan]: RoutePlan[K];
  };
  // By position: taking a list apart is more code, and this runs at each cold start.
  plan.method = place[1];
  plan.path = place[2];
  plan.controller = place[3];
  plan.member = place[4];
  plan.depth = place[5] ?? 0;
  return plan;
}
