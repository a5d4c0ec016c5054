import type { AppOptions } from '../app.js';
import { type CheckedMiddleware, MIDDLEWARE_MISTAKES } from '../declarations/middleware-mistakes.js';
import type { RouteRecords } from '../declarations/records/route-records.js';
import type { RequestHandler } from '../http/middleware.js';
import { loadMiddleware } from '../http/middleware.lazy.js';
import { fingerprintOfRoute } from '../plan/fingerprints/fingerprint-of-route.js';
import { routePlanAt } from '../plan/plan-source.js';
import { loadRecordsOfPlan } from '../plan/records-of-plan.lazy.js';
import { loadBoundRoute } from './binding/bound-route.lazy.js';
import { loadFormGuard } from './forms/form-guard.lazy.js';
import type { LinkedRoute } from './linked-route.js';
import type { OpenTable } from './open-table.js';
import { loadReplan } from './replan.lazy.js';
import { loadLinkReply } from './replies/link-reply.lazy.js';
import { handleRoute } from './request-handler.js';
import type { Route, RouteParam } from './route.js';
import { loadRouteParams } from './route-params.lazy.js';

const NO_USES: Route['uses'] = [];

/**
 * Makes a route of its plan, and, where that has holes, of what the decorators have recorded. The table keeps it.
 *
 * @throws StalePlan where they have got something else than what was planned
 */
export function linkRoute(this: OpenTable, index: number): Route {
  const { source, options } = this;
  const plan = routePlanAt(source, index);
  const { member, method, reply } = plan;
  const controller = options.controllers[plan.controller]!;
  let found: RouteRecords | undefined;
  function records(): RouteRecords {
    found ??= loadRecordsOfPlan().recordsOfPlan(plan, options.controllers).records;
    return found;
  }
  const methodName =
    typeof member === 'string' ? member : loadRecordsOfPlan().recordsOfPlan(plan, options.controllers).methodName;
  const place = { controller, name: methodName };
  const uses = plan.hasUses ? records().uses : NO_USES;
  const isAsPlanned = fingerprintOfRoute(controller, methodName, options, plan.onInvalid?.page) === plan.fingerprint;
  if (!isAsPlanned || uses.some((use) => hasMistakes(use, options))) {
    throw new (loadReplan().StalePlan)(`${source.controllers[plan.controller]!.name}.${String(methodName)}`);
  }
  const isPlain = (plan.interceptors ?? reply.view ?? reply.redirect) === undefined;
  const linked: LinkedRoute = {
    controller,
    instance: this.instances.get(controller),
    methodName,
    binders: plan.args as LinkedRoute['binders'],
    defaults: reply,
    makeReply: isPlain ? undefined : loadLinkReply().linkReply(plan, records, options),
    // Limits that are none: JSON has no sign for Infinity.
    maxErrors: source.options.maxErrors ?? Number.POSITIVE_INFINITY,
    options,
  };
  let handle: RequestHandler = (request) => handleRoute(linked, request);
  if (plan.hasBinders || plan.onInvalid !== undefined) {
    handle = loadBoundRoute().linkBound(linked, plan, place, records, source);
  }
  if (uses.length > 0) handle = loadMiddleware().composeMiddleware(uses, handle);
  if ((method === 'POST' || method === 'ALL') && !plan.isCsrfExempt && options.csrf !== false) {
    handle = loadFormGuard().guardForms(handle, options, uses);
  }
  let params: readonly RouteParam[] | undefined;
  let metadata: ReadonlyMap<unknown, unknown> | undefined;
  const route: Route = {
    controller,
    methodName,
    method,
    path: plan.path,
    get params() {
      params ??= loadRouteParams().routeParamsOf(plan);
      return params;
    },
    bodyLimit: plan.bodyLimit ?? Number.POSITIVE_INFINITY,
    uses,
    get metadata() {
      metadata ??= records().readMetadata();
      return metadata;
    },
    handle,
  };
  this.linked[index] = Object.freeze(route);
  return route;
}

/** Whether middleware finds something wrong with its own options in this app. */
export function hasMistakes(use: unknown, options: Readonly<AppOptions>): boolean {
  if (typeof use !== 'function') return true;
  const found = (use as unknown as Partial<CheckedMiddleware>)[MIDDLEWARE_MISTAKES]?.(options);
  return found !== undefined && found.length > 0;
}
