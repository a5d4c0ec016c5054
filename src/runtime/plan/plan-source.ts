import type { AppPlan, DtoPlan, RoutePlan } from './app-plan.js';

/** A plan as `link` reads it: of what a build has planned, each route is parsed when it is first needed. */
export interface PlanSource extends Omit<AppPlan, 'routes' | 'dtos'> {
  readonly routeCount: number;
  route(index: number): RoutePlan;
  /** All DTOs. */
  readonly dtos: readonly DtoPlan[];
}

/** A plan that a build has made, as text: routes and DTOs apart, each on a line of its own. */
export interface PlanText {
  /** What the app must be like; see `outlineOf`. */
  readonly outline: string;
  readonly head: string;
  readonly routes: string;
  readonly dtos: string;
}

/** A plan that was made just now. */
export function planSourceOf({ routes, ...plan }: AppPlan): PlanSource {
  return { ...plan, routeCount: routes.length, route: (index) => routes[index]! };
}

/** A plan that a build has made. */
export function readPlan({ head, routes, dtos }: PlanText): PlanSource {
  const lines = routes.split('\n');
  const known: RoutePlan[] = [];
  let parsed: readonly DtoPlan[] | undefined;
  return {
    ...(JSON.parse(head) as Omit<AppPlan, 'routes' | 'dtos'>),
    routeCount: lines.length,
    route(index) {
      known[index] ??= JSON.parse(lines[index]!) as RoutePlan;
      return known[index];
    },
    get dtos() {
      parsed ??= JSON.parse(dtos) as DtoPlan[];
      return parsed;
    },
  };
}

/** Writes a plan as the text that {@link readPlan} reads. */
export function writePlan({ routes, dtos, ...head }: AppPlan, outline: string): PlanText {
  return {
    outline,
    head: JSON.stringify(head),
    routes: routes.map((route) => JSON.stringify(route)).join('\n'),
    dtos: JSON.stringify(dtos),
  };
}
