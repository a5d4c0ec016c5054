import type { AppOptions } from '../app.js';
import { type CheckedMiddleware, MIDDLEWARE_MISTAKES } from '../declarations/middleware-mistakes.js';
import { toReply } from '../http/reply/to-reply.js';
import type { RoutePlan } from '../plan/app-plan.js';
import { fingerprintOfRoute } from '../plan/fingerprint-of-route.js';
import { interceptorCount } from '../plan/interceptor-count.js';
import { fromLimit } from '../plan/limit.js';
import type { PlanSource } from '../plan/plan-source.js';
import { recordsOfPlan } from '../plan/records-of-plan.js';
import { linkArguments } from './binding/link-arguments.js';
import type { ControllerProvider } from './controller-provider.js';
import { loadFormGuard } from './form-guard.lazy.js';
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
  const place = `${source.controllers[plan.controller]!.name}.${String(recorded?.methodName ?? plan.member)}`;
  if (recorded === undefined) throw new StalePlan(place);
  const { controller, methodName, records } = recorded;
  const { uses } = records;
  if (
    fingerprintOfRoute(records) !== plan.fingerprint ||
    interceptorCount(records, options) !== plan.interceptors ||
    uses.some((use) => hasMistakes(use, options))
  ) {
    throw new StalePlan(place);
  }
  let metadata: ReadonlyMap<unknown, unknown> | undefined;
  const args = linkArguments(plan, records, () => source.dtos, fromLimit(source.options.maxErrors));
  const { reply } = plan;
  const hasMaker = reply.view !== undefined || reply.redirect !== undefined;
  let makeReply = hasMaker ? loadLinkReply().linkReply(reply, options.views) : undefined;
  if (plan.interceptors !== undefined) {
    makeReply = loadInterceptors().interceptResults(
      records,
      options,
      makeReply ?? ((result) => toReply(result, reply)),
    );
  }
  const handle = createRequestHandler({ provider, methodName, args, defaults: reply, makeReply, uses });
  const takesForms = plan.method === 'POST' || plan.method === 'ALL';
  let params: readonly RouteParam[] | undefined;
  return Object.freeze({
    controller,
    methodName,
    method: plan.method,
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
    handle:
      takesForms && !plan.isCsrfExempt && options.csrf !== false
        ? loadFormGuard().guardForms(handle, options, uses)
        : handle,
  });
}

/** Whether middleware finds something wrong with its own options in this app. */
export function hasMistakes(use: unknown, options: Readonly<AppOptions>): boolean {
  if (typeof use !== 'function') return true;
  const found = (use as unknown as Partial<CheckedMiddleware>)[MIDDLEWARE_MISTAKES]?.(options);
  return found !== undefined && found.length > 0;
}
