import type { AppOptions } from '../app.js';
import { type CheckedMiddleware, MIDDLEWARE_MISTAKES } from '../declarations/middleware-mistakes.js';
import { findPageRecords, type RouteRecords } from '../declarations/records/route-records.js';
import { toReply } from '../http/reply/to-reply.js';
import type { InvalidPagePlan, RoutePlan } from '../plan/app-plan.js';
import { fingerprintOfRoute } from '../plan/fingerprint-of-route.js';
import { interceptorCount } from '../plan/interceptor-count.js';
import { fromLimit } from '../plan/limit.js';
import type { PlanSource } from '../plan/plan-source.js';
import { recordsOfPlan } from '../plan/records-of-plan.js';
import { linkArguments } from './binding/link-arguments.js';
import type { ControllerProvider } from './controller-provider.js';
import { loadFormGuard } from './forms/form-guard.lazy.js';
import type { InvalidPage } from './forms/invalid-page.js';
import { loadInvalidPage } from './forms/invalid-page.lazy.js';
import { loadInterceptors } from './interceptors.lazy.js';
import { loadLinkReply } from './replies/link-reply.lazy.js';
import type { ReplyMaker } from './replies/reply-maker.js';
import { createRequestHandler, type InvalidReplier } from './request-handler.js';
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
  const page = plan.onInvalid?.page && findPageRecords(controller, plan.onInvalid.page.member)?.records;
  if (
    fingerprintOfRoute(records, page) !== plan.fingerprint ||
    interceptorCount(records, options) !== plan.interceptors ||
    uses.some((use) => hasMistakes(use, options))
  ) {
    throw new StalePlan(place);
  }
  let metadata: ReadonlyMap<unknown, unknown> | undefined;
  const dtos = () => source.dtos;
  const maxErrors = fromLimit(source.options.maxErrors);
  const args = linkArguments(plan, records, dtos, maxErrors);
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
  const onInvalid =
    plan.onInvalid && linkInvalidPage(plan, plan.onInvalid, { page, dtos, maxErrors, provider, options });
  const handle = createRequestHandler({ provider, methodName, args, defaults: reply, makeReply, uses, onInvalid });
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

/** What the page that shows a form again is linked with. */
interface PageContext extends Pick<InvalidPage, 'dtos' | 'provider' | 'options'> {
  /** The records of the page's method. */
  readonly page: RouteRecords | undefined;
  readonly maxErrors: number;
}

function linkInvalidPage(
  route: RoutePlan,
  plan: InvalidPagePlan,
  { page, maxErrors, ...context }: PageContext,
): InvalidReplier {
  const args =
    plan.page === undefined || page === undefined
      ? undefined
      : linkArguments({ ...route, args: plan.page.args }, page, context.dtos, maxErrors);
  const intercept =
    page === undefined || interceptorCount(page, context.options) === undefined
      ? undefined
      : (makeReply: ReplyMaker) => loadInterceptors().interceptResults(page, context.options, makeReply);
  return loadInvalidPage().createInvalidReplier({ route, plan, args, intercept, ...context });
}

/** Whether middleware finds something wrong with its own options in this app. */
export function hasMistakes(use: unknown, options: Readonly<AppOptions>): boolean {
  if (typeof use !== 'function') return true;
  const found = (use as unknown as Partial<CheckedMiddleware>)[MIDDLEWARE_MISTAKES]?.(options);
  return found !== undefined && found.length > 0;
}
