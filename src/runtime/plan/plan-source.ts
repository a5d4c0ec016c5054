import type { AppPlan, RoutePlan } from './app-plan.js';
import type { DtoPlan } from './dto/dto-plan.js';

/** A plan as `link` reads it: of what a build has planned, each route is parsed when it is first needed. */
export interface PlanSource extends Omit<AppPlan, 'routes' | 'dtos' | 'descriptions'> {
  readonly routeCount: number;
  route(index: number): RoutePlan;
  /** All DTOs. */
  readonly dtos: readonly DtoPlan[];
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

/** A plan that was made just now. */
export function planSourceOf({ routes, ...plan }: AppPlan): PlanSource {
  return { ...plan, routeCount: routes.length, route: (index) => routes[index]! };
}

/** A plan that a build has made. */
export function readPlan({ head, routes, kinds, dtos }: PlanText): PlanSource {
  const places = routes.split('\n');
  let parsed: readonly DtoPlan[] | undefined;
  return {
    ...(JSON.parse(head) as Omit<AppPlan, 'routes' | 'dtos' | 'descriptions'>),
    routeCount: places.length,
    route: (index) => readRoute(places[index]!, kinds),
    get dtos() {
      parsed ??= JSON.parse(dtos) as DtoPlan[];
      return parsed;
    },
  };
}

function readRoute(place: string, kinds: string): RoutePlan {
  const [kind, method, path, controller, member, depth = 0] = JSON.parse(place) as RoutePlace;
  return { ...(JSON.parse(kinds.split('\n')[kind]!) as RouteKind), method, path, controller, member, depth };
}
