import type { AppOptions } from '../app.js';
import { type CheckedMiddleware, MIDDLEWARE_MISTAKES } from '../declarations/middleware-mistakes.js';
import type { RouteRecords } from '../declarations/records/route-records.js';
import type { RoutePlan } from '../plan/app-plan.js';
import { fingerprintOfRoute } from '../plan/fingerprint-of-route.js';
import { fromLimit } from '../plan/limit.js';
import type { PlanSource } from '../plan/plan-source.js';
import { recordsOfPlan } from '../plan/records-of-plan.js';
import { linkArguments } from './binding/link-arguments.js';
import type { ControllerProvider } from './controller-provider.js';
import { loadFormGuard } from './forms/form-guard.lazy.js';
import { loadLinkInvalidPage } from './forms/link-invalid-page.lazy.js';
import { loadInterceptors } from './interceptors.lazy.js';
import { loadLinkReply } from './replies/link-reply.lazy.js';
import { createRequestHandler } from './request-handler.js';
import type { Route, RouteParam } from './route.js';
import { loadRouteParams } from './route-params.lazy.js';
import { StalePlan } from './stale-plan.js';

/**
 * Makes a route of its plan, and of what the decorators have recorded.
 *
 * @throws StalePlan where they have recorded something else than what was planned
 */
export function linkRoute(
  plan: RoutePlan,
  source: PlanSource,
  provider: ControllerProvider,
  options: Readonly<AppOptions>,
): Route {
  const recorded = recordsOfPlan(plan, options.controllers);
  const { onInvalid: invalid, method, reply } = plan;
  const page =
    invalid === undefined || recorded === undefined
      ? undefined
      : loadLinkInvalidPage().pageRecordsOf(recorded.controller, invalid);
  if (recorded === undefined || !isAsPlanned(plan, recorded.records, page, options)) {
    throw new StalePlan(`${source.controllers[plan.controller]!.name}.${String(recorded?.methodName ?? plan.member)}`);
  }
  const { controller, methodName, records } = recorded;
  const { uses } = records;
  const maxErrors = fromLimit(source.options.maxErrors);
  const { dtos } = source;
  let handle = createRequestHandler({
    provider,
    methodName,
    args: linkArguments(plan, records, dtos, maxErrors),
    defaults: reply,
    makeReply:
      (plan.interceptors ?? reply.view ?? reply.redirect) === undefined
        ? undefined
        : loadLinkReply().linkReply(plan, records, options),
    uses,
    onInvalid:
      invalid && loadLinkInvalidPage().linkInvalidPage(plan, invalid, { page, dtos, maxErrors, provider, options }),
  });
  if ((method === 'POST' || method === 'ALL') && !plan.isCsrfExempt && options.csrf !== false) {
    handle = loadFormGuard().guardForms(handle, options, uses);
  }
  let params: readonly RouteParam[] | undefined;
  let metadata: ReadonlyMap<unknown, unknown> | undefined;
  return Object.freeze({
    controller,
    methodName,
    method,
    path: plan.path,
    get params() {
      params ??= loadRouteParams().routeParamsOf(plan);
      return params;
    },
    bodyLimit: fromLimit(plan.bodyLimit),
    uses,
    get metadata() {
      metadata ??= records.readMetadata();
      return metadata;
    },
    handle,
  });
}

/** Whether the decorators have recorded what was planned. @param page the records of the method that shows its form again */
function isAsPlanned(
  plan: RoutePlan,
  records: RouteRecords,
  page: RouteRecords | undefined,
  options: Readonly<AppOptions>,
): boolean {
  const { uses } = records;
  return (
    fingerprintOfRoute(records, page) === plan.fingerprint &&
    ((plan.interceptors ?? records.interceptors ?? options.interceptors) === undefined ||
      loadInterceptors().interceptorCount(records, options) === plan.interceptors) &&
    (uses.length === 0 || !uses.some((use) => hasMistakes(use, options)))
  );
}

/** Whether middleware finds something wrong with its own options in this app. */
export function hasMistakes(use: unknown, options: Readonly<AppOptions>): boolean {
  if (typeof use !== 'function') return true;
  const found = (use as unknown as Partial<CheckedMiddleware>)[MIDDLEWARE_MISTAKES]?.(options);
  return found !== undefined && found.length > 0;
}
