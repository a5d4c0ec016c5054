import type { HttpReply } from './http-reply.js';
import type { HttpRequest } from './http-request.js';

/**
 * What wraps a call: it may answer itself, go on with `next()`, and change the answer that comes back. It runs before
 * the body is read and before anything is bound, the same in both doors.
 *
 * On a class or a method, `next()` rejects with what the handler threw. In the app's `use:`, which wraps all that the
 * dispatcher answers, `next()` always gives an answer; what was thrown is in its `error`.
 *
 * @example
 * ```ts
 * const timing: Middleware = async (request, next) => {
 *   const reply = await next();
 *   reply.headers['server-timing'] = 'app';
 *   return reply;
 * };
 * ```
 */
export type Middleware = (
  request: HttpRequest,
  next: () => Promise<HttpReply>,
) => MiddlewareResult | Promise<MiddlewareResult>;

/** An answer, or a value that becomes one by the rules for a handler's result. Not `undefined`: that is a mistake. */
export type MiddlewareResult = HttpReply | string | number | boolean | Record<string, unknown> | readonly unknown[];
