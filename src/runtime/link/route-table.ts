import type { AppOptions } from '../app.js';
import { outlineOf } from '../declarations/calls/outline.js';
import { loadPlanApp } from '../plan/plan-app.lazy.js';
import { type PlanSource, planSourceOf, readPlan } from '../plan/plan-source.js';
import { readyPlans } from '../plan/ready-plans.js';
import { type ControllerProvider, createControllerProviders } from './controller-provider.js';
import { hasMistakes, linkRoute } from './link-route.js';
import type { Match } from './matching/match.js';
import { createMatcher, type Matcher } from './matching/matcher.js';
import type { Route } from './route.js';
import { StalePlan } from './stale-plan.js';

/** The routes of an app, and the matcher for them. */
export interface RouteTable {
  /** All routes, the most specific first; each is linked. */
  readonly routes: readonly Route[];
  readonly match: Matcher;
  /** Every method that the app knows; any other is a 501. */
  readonly methods: readonly string[];
  /** Links every route now, where a start may take its time and the first request may not. */
  linkAll(): void;
}

/**
 * Opens the routes of an app: by the plan that a build has made, if it is this app's, else by one that is made now.
 * Controllers are constructed here; a route is linked when it is first matched.
 *
 * @throws StartupError with every mistake
 */
export function openRouteTable(options: Readonly<AppOptions>): RouteTable {
  const providers = new Map<unknown, ControllerProvider>();
  const planNow = () => createRouteTable(planSourceOf(loadPlanApp().planApp(options)), options, providers);
  const ready = findReadyPlan(options);
  if (ready === undefined) return planNow();
  let table = createRouteTable(ready, options, providers);
  /** Why the app cannot be planned afresh; the routes that the ready plan is right about stay. */
  let failure: unknown;
  /** Plans the app afresh, where that is why something has failed. */
  function replan(error: unknown): void {
    if (!(error instanceof StalePlan)) throw error;
    if (failure !== undefined) throw failure;
    console.error(`twodoors: ${error.place} is another than when the function was built, so the app is read afresh.`);
    try {
      table = planNow();
    } catch (mistakes) {
      failure = mistakes;
      throw mistakes;
    }
  }
  function orAfresh<T>(use: () => T): T {
    try {
      return use();
    } catch (error) {
      replan(error);
      return use();
    }
  }
  return {
    get routes() {
      return orAfresh(() => table.routes);
    },
    // By itself, without a function that would be made for each request.
    match(method, path) {
      try {
        return table.match(method, path);
      } catch (error) {
        replan(error);
        return table.match(method, path);
      }
    },
    get methods() {
      return table.methods;
    },
    linkAll: () => orAfresh(() => table.linkAll()),
  };
}

/** The plan of an app with the same outline whose middleware finds nothing wrong; undefined where no plan fits. */
function findReadyPlan(options: Readonly<AppOptions>): PlanSource | undefined {
  if (readyPlans.length === 0) return undefined;
  const outline = outlineOf(options);
  // Nearly always one: the app of the function.
  for (const plan of readyPlans) {
    if (plan.outline !== outline) continue;
    return options.use?.some((use) => hasMistakes(use, options)) ? undefined : readPlan(plan);
  }
  console.error('twodoors: the app is another than when the function was built, so it is read afresh.');
  return undefined;
}

function createRouteTable(
  source: PlanSource,
  options: Readonly<AppOptions>,
  known: Map<unknown, ControllerProvider>,
): RouteTable {
  const providers = createControllerProviders(source.controllers, options, known);
  const linked: (Route | undefined)[] = [];
  const routeAt = (index: number): Route => {
    let route = linked[index];
    if (route === undefined) {
      const plan = source.route(index);
      route = linkRoute(plan, source, providers[plan.controller]!, options);
      linked[index] = route;
    }
    return route;
  };
  const match: (method: string, path: string) => Match = createMatcher(source.tree, routeAt, source.options);
  return {
    get routes() {
      return Array.from({ length: source.routeCount }, (_, index) => routeAt(index));
    },
    linkAll() {
      for (let index = 0; index < source.routeCount; index++) routeAt(index);
    },
    match,
    methods: source.methods,
  };
}
