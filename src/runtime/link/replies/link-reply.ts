import type { AppOptions } from '../../app.js';
import type { RouteRecords } from '../../declarations/records/route-records.js';
import type { HttpRequest } from '../../http/http-request.js';
import { ownBody, ownResult } from '../../http/reply/body-owner.js';
import type { HttpReply } from '../../http/reply/http-reply.js';
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
  if (interceptors !== undefined) makeReply = interceptResults(records(), options, makeReply);
  return function makeOwn(result, request) {
    const reply = makeReply(result, request);
    return reply instanceof Promise ? ownLater(reply, result, request) : reply;
  };
}

/** Takes over the body of a reply that has to be waited for, else that of the result. */
function ownLater(reply: Promise<HttpReply>, result: unknown, request: HttpRequest): Promise<HttpReply> {
  return reply.then(
    (made) => ownBody(made, request),
    (error: unknown) => {
      ownResult(result, request);
      throw error;
    },
  );
}
