import type { AppOptions } from '../app.js';
import { loadPlanApp } from '../plan/plan-app.lazy.js';
import type { PlanSource } from '../plan/plan-source.js';
import { createControllers } from './create-controllers.js';
import type { OpenTable } from './open-table.js';
import type { Route } from './route.js';
import { StalePlan } from './stale-plan.js';

export { StalePlan };

/** Plans an app that no build has planned. @throws StartupError with every mistake */
export function planNow(options: Readonly<AppOptions>): PlanSource {
  return loadPlanApp().planApp(options);
}

/**
 * Plans an app afresh, where a stale plan is why something has failed. Where the app cannot be planned, the routes that the
 * stale plan is right about stay.
 *
 * @throws the error itself where a plan is not why; StartupError with every mistake, at once and from then on
 */
export function replan(table: OpenTable, error: unknown): void {
  if (!(error instanceof StalePlan)) throw error;
  if (table.failure !== undefined) throw table.failure;
  console.error(`twodoors: ${error.place} is another than when the function was built, so the app is read afresh.`);
  try {
    const source = planNow(table.options);
    createControllers(source.controllers, table.options, table.instances);
    table.source = source;
    table.methods = source.methods;
    table.linked = [];
    table.kept = new Map();
  } catch (mistakes) {
    table.failure = mistakes;
    throw mistakes;
  }
}

/** Links every route; afresh where the plan is stale. */
export function linkAll(table: OpenTable): readonly Route[] {
  try {
    return linkEach(table);
  } catch (error) {
    replan(table, error);
    return linkEach(table);
  }
}

function linkEach(table: OpenTable): readonly Route[] {
  return table.source.routes.map((_, index) => table.linked[index] ?? table.routeAt(index));
}
