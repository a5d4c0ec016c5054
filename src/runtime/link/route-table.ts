import type { AppOptions } from '../app.js';
import { outlineOf } from '../declarations/calls/outline.js';
import { type PlanSource, readPlan } from '../plan/plan-source.js';
import { readyPlans } from '../plan/ready-plans.js';
import { createControllers } from './create-controllers.js';
import { hasMistakes, linkRoute } from './link-route.js';
import type { Match } from './matching/match.js';
import { findMatch } from './matching/matcher.js';
import type { OpenTable, RouteTable } from './open-table.js';
import { loadReplan } from './replan.lazy.js';
import type { Route } from './route.js';

export type { RouteTable };

/**
 * Opens the routes of an app: by the plan that a build has made, if it is this app's, else by one that is made now.
 * Controllers are created here; a route is linked when it is first matched.
 *
 * @throws StartupError with every mistake
 */
export function openRouteTable(options: Readonly<AppOptions>): RouteTable {
  const source = findReadyPlan(options) ?? loadReplan().planNow(options);
  const table: OpenTable = {
    options,
    source,
    methods: source.methods,
    instances: createControllers(source.controllers, options, new Map()),
    linked: [],
    kept: new Map(),
    failure: undefined,
    match,
    routeAt: linkRoute,
    linkAll,
  };
  return table;
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

function match(this: OpenTable, method: string, path: string): Match {
  try {
    return findMatch(this, method, path);
  } catch (error) {
    loadReplan().replan(this, error);
    return findMatch(this, method, path);
  }
}

function linkAll(this: OpenTable): readonly Route[] {
  return loadReplan().linkAll(this);
}
