import type { HttpRequest } from '../http/http-request.js';
import type { HttpReply } from '../http/reply/http-reply.js';
import { sharedByCopies } from '../identity/copies.js';
import type { Matcher } from '../link/matching/matcher.js';
import type { FailingApp } from './failing-app.js';

/**
 * Sees each reply that leaves the dispatcher, that of an error and of a time-out included, when nothing of the app will
 * change it any more; and each reply that a door sends in its place later, where its body fails. Changes it, once it is
 * there, or returns it as it is. It must not throw or reject.
 */
export type ReplyHook = (
  request: HttpRequest,
  reply: HttpReply | Promise<HttpReply>,
  origin: ReplyOrigin,
) => HttpReply | Promise<HttpReply>;

/** What a hook may use of the dispatcher that a reply leaves. */
export interface ReplyOrigin extends FailingApp {
  readonly table: { readonly match: Matcher };
}

/** Without `see` until a module that needs it is loaded: apps without cookies and sessions pay for one comparison. */
export const replyHook = sharedByCopies<{ see?: ReplyHook }>('reply-hook', {});
