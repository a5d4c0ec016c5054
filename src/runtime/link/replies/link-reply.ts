import type { AppOptions } from '../../app.js';
import type { RouteRecords } from '../../declarations/records/route-records.js';
import { toReply } from '../../http/reply/to-reply.js';
import type { RoutePlan } from '../../plan/app-plan.js';
import { interceptResults } from '../interceptors.js';
import { createPageMaker } from './page-maker.js';
import { loadRedirect } from './redirect.lazy.js';
import type { ReplyMaker } from './reply-maker.js';

/** Makes the reply maker of a route with `@Render`, `@Redirect` or interceptors. */
export function linkReply(
  { reply, interceptors }: RoutePlan,
  records: () => RouteRecords,
  options: Readonly<AppOptions>,
): ReplyMaker {
  let makeReply: ReplyMaker = (result) => toReply(result, reply);
  if (reply.view !== undefined) makeReply = createPageMaker(reply.view, options.views!, reply);
  else if (reply.redirect !== undefined) makeReply = loadRedirect().createRedirectMaker(reply.redirect, reply);
  return interceptors === undefined ? makeReply : interceptResults(records(), options, makeReply);
}
