import type { AppOptions } from '../app.js';
import type { Class } from '../declarations/class.js';
import { type CheckedMiddleware, MIDDLEWARE_MISTAKES } from '../declarations/middleware-mistakes.js';
import { findRecord } from '../declarations/records/controller-record.js';
import { findPageRecords, type RouteRecords, routeRecordsOf } from '../declarations/records/route-records.js';
import type { InvalidPagePlan, RoutePlan } from '../plan/app-plan.js';
import { fingerprintOfRoute } from '../plan/fingerprint-of-route.js';
import { fromLimit } from '../plan/limit.js';
import { memberNameOf } from '../plan/member-key.js';
import type { PlanSource } from '../plan/plan-source.js';
import { linkArguments } from './binding/link-arguments.js';
import type { ControllerProvider } from './controller-provider.js';
import { guardForms } from './forms/form-guard.js';
import type { InvalidPage } from './forms/invalid-page.js';
import { loadInvalidPage } from './forms/invalid-page.lazy.js';
import { linkReply } from './link-reply.js';
import { createRequestHandler, type InvalidReplier } from './request-handler.js';
import { type Route, toRouteParam } from './route.js';
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
  const controller = options.controllers[plan.controller]!;
  const declaredIn = baseOf(controller, plan.depth);
  const ofClass = findRecord(declaredIn);
  const methodName = ofClass && memberNameOf(plan.member, ofClass);
  const record = methodName === undefined ? undefined : ofClass!.methods.get(methodName);
  const place = `${source.controllers[plan.controller]!.name}.${String(methodName ?? plan.member)}`;
  if (record === undefined) throw new StalePlan(place);
  const records = routeRecordsOf(controller, declaredIn, methodName!, record);
  const { uses } = records;
  const page = plan.onInvalid?.page && findPageRecords(controller, plan.onInvalid.page.member)?.records;
  if (fingerprintOfRoute(records, page) !== plan.fingerprint || uses.some((use) => hasMistakes(use, options))) {
    throw new StalePlan(place);
  }
  let metadata: ReadonlyMap<unknown, unknown> | undefined;
  const dtos = () => source.dtos;
  const maxErrors = fromLimit(source.options.maxErrors);
  const args = linkArguments(plan, records, dtos, maxErrors);
  const makeReply = linkReply(plan.reply, options.views);
  const onInvalid =
    plan.onInvalid && linkInvalidPage(plan, plan.onInvalid, { page, dtos, maxErrors, provider, options });
  const handle = createRequestHandler(provider, methodName!, args, makeReply, uses, onInvalid);
  const takesForms = plan.method === 'POST' || plan.method === 'ALL';
  return Object.freeze({
    controller,
    methodName: methodName!,
    method: plan.method,
    path: plan.path,
    params: plan.params.map(toRouteParam),
    bodyLimit: fromLimit(plan.bodyLimit),
    get metadata() {
      metadata ??= records.readMetadata();
      return metadata;
    },
    handle: takesForms && !plan.isCsrfExempt && options.csrf !== false ? guardForms(handle, options, uses) : handle,
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
  return loadInvalidPage().createInvalidReplier({ route, plan, args, ...context });
}

function baseOf(type: Class, depth: number): Class {
  let base: unknown = type;
  for (let i = 0; i < depth; i++) base = Object.getPrototypeOf(base);
  return base as Class;
}

/** Whether middleware finds something wrong with its own options in this app. */
export function hasMistakes(use: unknown, options: Readonly<AppOptions>): boolean {
  if (typeof use !== 'function') return true;
  const found = (use as unknown as Partial<CheckedMiddleware>)[MIDDLEWARE_MISTAKES]?.(options);
  return found !== undefined && found.length > 0;
}
