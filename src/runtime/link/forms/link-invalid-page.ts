import { findPageRecords } from '../../declarations/records/route-records.js';
import type { InvalidPagePlan, RoutePlan } from '../../plan/app-plan.js';
import type { DtoPlan } from '../../plan/dto/dto-plan.js';
import { interceptorCount } from '../../plan/interceptor-count.js';
import { linkArguments } from '../binding/link-arguments.js';
import { loadInterceptors } from '../interceptors.lazy.js';
import type { LinkedRoute } from '../linked-route.js';
import type { ReplyMaker } from '../replies/reply-maker.js';
import { createInvalidReplier, type InvalidPage } from './invalid-page.js';
import type { InvalidReplier } from './invalid-replier.js';

/** Makes what shows the form of a route again. */
export function linkInvalidPage(
  route: RoutePlan,
  plan: InvalidPagePlan,
  linked: LinkedRoute,
  dtos: () => readonly DtoPlan[],
): InvalidReplier {
  const context = { route, plan, dtos, options: linked.options };
  const found = plan.page && findPageRecords(linked.controller, plan.page.member);
  if (plan.page === undefined || found === undefined) return createInvalidReplier({ ...context, page: undefined });
  const { args, member } = plan.page;
  const { records } = found;
  const bound = linkArguments(
    { ...route, args },
    { controller: linked.controller, name: member },
    () => records,
    dtos,
    linked.maxErrors,
  );
  const page: InvalidPage['page'] = { ...linked, ...bound, methodName: member };
  if (interceptorCount(records, linked.options) === undefined) return createInvalidReplier({ ...context, page });
  const intercept = (makeReply: ReplyMaker) => loadInterceptors().interceptResults(records, linked.options, makeReply);
  return createInvalidReplier({ ...context, page, intercept });
}
