import type { AppOptions } from '../app.js';
import { type CheckedMiddleware, MIDDLEWARE_MISTAKES } from '../declarations/middleware-mistakes.js';
import type { RoutePlan } from '../plan/app-plan.js';
import { fingerprintOfRoute } from '../plan/fingerprint-of-route.js';
import { fromLimit } from '../plan/limit.js';
import type { PlanSource } from '../plan/plan-source.js';
import type { PlannedRecords } from '../plan/records-of-plan.js';
import { loadRecordsOfPlan } from '../plan/records-of-plan.lazy.js';
import { linkArguments } from './binding/link-arguments.js';
import type { ControllerProvider } from './controller-provider.js';
import { loadFormGuard } from './forms/form-guard.lazy.js';
import { loadLinkInvalidPage } from './forms/link-invalid-page.lazy.js';
import { loadLinkReply } from './replies/link-reply.lazy.js';
import { createRequestHandler } from './request-handler.js';
import type { Route, RouteParam } from './route.js';
import { loadRouteParams } from './route-params.lazy.js';
import { StalePlan } from './stale-plan.js';

const NO_USES: Route['uses'] = [];

/**
 * Makes a route of its plan, and, where that has holes, of what the decorators have recorded.
 *
 * @throws StalePlan where they have got something else than what was planned
 */
export function linkRoute(
  plan: RoutePlan,
  source: PlanSource,
  provider: ControllerProvider,
  options: Readonly<AppOptions>,
): Route {
  const controller = options.controllers[plan.controller]!;
  const { onInvalid: invalid, member, method, reply } = plan;
  let found: PlannedRecords | undefined;
  function recorded(): PlannedRecords {
    found ??= loadRecordsOfPlan().recordsOfPlan(plan, options.controllers);
    return found;
  }
  const records = () => recorded().records;
  const name = typeof member === 'string' ? member : recorded().methodName;
  const place = { controller, name };
  const uses = plan.hasUses ? records().uses : NO_USES;
  const isAsPlanned = fingerprintOfRoute(controller, name, options, invalid?.page) === plan.fingerprint;
  if (!isAsPlanned || uses.some((use) => hasMistakes(use, options))) {
    throw new StalePlan(`${source.controllers[plan.controller]!.name}.${String(name)}`);
  }
  const maxErrors = fromLimit(source.options.maxErrors);
  const { dtos } = source;
  let handle = createRequestHandler({
    provider,
    methodName: name,
    args: linkArguments(plan, place, records, dtos, maxErrors),
    defaults: reply,
    makeReply:
      (plan.interceptors ?? reply.view ?? reply.redirect) === undefined
        ? undefined
        : loadLinkReply().linkReply(plan, records, options),
    uses,
    onInvalid:
      invalid &&
      loadLinkInvalidPage().linkInvalidPage(plan, invalid, controller, { dtos, maxErrors, provider, options }),
  });
  if ((method === 'POST' || method === 'ALL') && !plan.isCsrfExempt && options.csrf !== false) {
    handle = loadFormGuard().guardForms(handle, options, uses);
  }
  let params: readonly RouteParam[] | undefined;
  let metadata: ReadonlyMap<unknown, unknown> | undefined;
  return Object.freeze({
    controller,
    methodName: name,
    method,
    path: plan.path,
    get params() {
      params ??= loadRouteParams().routeParamsOf(plan);
      return params;
    },
    bodyLimit: fromLimit(plan.bodyLimit),
    uses,
    get metadata() {
      metadata ??= records().readMetadata();
      return metadata;
    },
    handle,
  });
}

/** Whether middleware finds something wrong with its own options in this app. */
export function hasMistakes(use: unknown, options: Readonly<AppOptions>): boolean {
  if (typeof use !== 'function') return true;
  const found = (use as unknown as Partial<CheckedMiddleware>)[MIDDLEWARE_MISTAKES]?.(options);
  return found !== undefined && found.length > 0;
}
