import { nameOf } from '../declarations/class.js';
import type { RouteDeclaration } from '../declarations/route.js';
import type { HttpReply } from '../http/http-reply.js';
import type { ReplyDefaults } from '../http/reply-defaults.js';
import { toReply } from '../http/to-reply.js';
import type { ViewEngine } from '../views/view-engine.js';
import { readReplyDefaults } from './read-reply-defaults.js';

/** Makes the reply to what a handler returned. */
export type ReplyMaker = (result: unknown) => HttpReply | Promise<HttpReply>;

/** Makes the reply maker for a decorator with its own rules for results, such as `@Render`; the decorator brings it. */
export type PlanReply = (context: {
  readonly defaults: ReplyDefaults;
  readonly views: ViewEngine | undefined;
  complain(decorator: string, what: string): void;
}) => ReplyMaker;

/** Makes the reply maker of a route; pushes mistakes in its decorators to `mistakes`. */
export function createReplyMaker(
  route: RouteDeclaration,
  views: ViewEngine | undefined,
  mistakes: string[],
): ReplyMaker {
  const { record } = route;
  const where = `${nameOf(route.controller)}.${String(route.methodName)}`;
  const complain = (decorator: string, what: string) => mistakes.push(`${where}, ${decorator}: ${what}`);
  const defaults = readReplyDefaults(record, complain);
  const [own, ...others] = record.replies as unknown as readonly PlanReply[];
  if (others.length > 0) {
    mistakes.push(`${where}: it has more than one of @Redirect and @Render. Keep one.`);
  }
  return own?.({ defaults, views, complain }) ?? ((result) => toReply(result, defaults));
}
