import type { Class } from '../../declarations/class.js';
import { findPageRecords } from '../../declarations/records/route-records.js';
import type { InvalidPagePlan, RoutePlan } from '../../plan/app-plan.js';
import { interceptorCount } from '../../plan/interceptor-count.js';
import { linkArguments } from '../binding/link-arguments.js';
import { loadInterceptors } from '../interceptors.lazy.js';
import type { ReplyMaker } from '../replies/reply-maker.js';
import type { InvalidReplier } from '../request-handler.js';
import { createInvalidReplier, type InvalidPage } from './invalid-page.js';

/** What the page that shows a form again is linked with. */
interface PageContext extends Pick<InvalidPage, 'dtos' | 'provider' | 'options'> {
  readonly maxErrors: number;
}

/** Makes what shows the form of a route again. */
export function linkInvalidPage(
  route: RoutePlan,
  plan: InvalidPagePlan,
  controller: Class,
  { maxErrors, ...context }: PageContext,
): InvalidReplier {
  const page = plan.page && findPageRecords(controller, plan.page.member);
  const args =
    plan.page === undefined || page === undefined
      ? undefined
      : linkArguments(
          { ...route, args: plan.page.args },
          { controller, name: plan.page.member },
          () => page.records,
          context.dtos,
          maxErrors,
        );
  const intercept =
    page === undefined || interceptorCount(page.records, context.options) === undefined
      ? undefined
      : (makeReply: ReplyMaker) => loadInterceptors().interceptResults(page.records, context.options, makeReply);
  return createInvalidReplier({ route, plan, args, intercept, ...context });
}
