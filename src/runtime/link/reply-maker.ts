import type { Mistakes } from '../declarations/mistakes.js';
import { placeOfMethod, type RouteDeclaration } from '../declarations/route.js';
import type { HttpReply } from '../http/reply/http-reply.js';
import type { ReplyDefaults } from '../http/reply/reply-defaults.js';
import { toReply } from '../http/reply/to-reply.js';
import type { ViewEngine } from '../views/view-engine.js';
import { type Complain, readReplyDefaults } from './read-reply-defaults.js';

/** Makes the reply to what a handler returned. */
export type ReplyMaker = (result: unknown) => HttpReply | Promise<HttpReply>;

/** Makes the reply maker for a decorator with its own rules for results, such as `@Render`; the decorator brings it. */
export type PlanReply = (context: {
  readonly defaults: ReplyDefaults;
  readonly views: ViewEngine | undefined;
  readonly complain: Complain;
}) => ReplyMaker;

/** Makes the reply maker of a route; adds mistakes in its decorators to `mistakes`. */
export function createReplyMaker(
  route: RouteDeclaration,
  views: ViewEngine | undefined,
  mistakes: Mistakes,
): ReplyMaker {
  const { record } = route;
  const ofMethod = mistakes.at(placeOfMethod(route.controller, route.methodName));
  const complain: Complain = (decorator, code, message) => ofMethod.at({ decorator }).add(code, message);
  const defaults = readReplyDefaults(record, complain);
  const [own, ...others] = record.replies;
  if (others.length > 0) {
    ofMethod.add('two-reply-decorators', 'it has more than one of @Redirect and @Render. Keep one.');
  }
  if (own === undefined) return (result) => toReply(result, defaults);
  return (own.plan as PlanReply)({ defaults, views, complain });
}
