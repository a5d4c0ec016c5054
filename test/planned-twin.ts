import { type App, defineApp } from 'twodoors';
import { outlineOf } from '../src/runtime/declarations/calls/outline.js';
import { withApiRoutes } from '../src/runtime/openapi/serve/api-routes.js';
import { planApp } from '../src/runtime/plan/plan-app.js';
import type { PlanText } from '../src/runtime/plan/plan-source.js';
import { readyPlans } from '../src/runtime/plan/ready-plans.js';
import { writePlan } from '../src/runtime/plan/write-plan.js';

/** What was logged of plans that did not fit, since this module was loaded. */
export const staleApps: string[] = [];

const { error: logError } = console;
console.error = (...values: unknown[]) => {
  if (String(values[0]).startsWith('twodoors: ')) staleApps.push(String(values[0]));
  logError(...values);
};

/** Opens an app of the same options by a plan that was text in between, as a function does whose build has planned it. */
export async function withReadyPlan<T>(app: App, open: (twin: App) => Promise<T>): Promise<T> {
  const twin = defineApp(app.options);
  const plans = readyPlans as PlanText[];
  // As the dispatcher does.
  const options = withApiRoutes(twin.options);
  plans.push(writePlan(planApp(options), outlineOf(options)));
  try {
    return await open(twin);
  } finally {
    plans.length = 0;
  }
}
