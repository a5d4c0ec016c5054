import type { HttpRequest } from '../http/http-request.js';
import { isThenable } from '../http/is-thenable.js';
import { ownBody, ownResult } from '../http/reply/body-owner.js';
import type { HttpReply } from '../http/reply/http-reply.js';
import { lateReplies, settleLate } from '../http/reply/late-reply.js';
import { toReply } from '../http/reply/to-reply.js';
import { loadBindingErrors } from './binding/binding-errors.lazy.js';
import type { ParsedBody } from './binding/body/parsed-body.js';
import { isFailure } from './binding/failure-mark.js';
import { bindScalar } from './binding/scalar-argument.js';
import { loadLateCall } from './late-call.lazy.js';
import type { Controller, LinkedRoute } from './linked-route.js';

/**
 * Binds the arguments, calls the controller's method, and makes the reply to its result. What it throws is for the
 * dispatcher: HttpError 404 or 400 with every mistake, or what the app has thrown.
 *
 * @param body undefined where no argument needs it
 */
export function handleRoute(
  route: LinkedRoute,
  request: HttpRequest,
  body?: ParsedBody,
): HttpReply | Promise<HttpReply> {
  const { binders, instance } = route;
  const args = new Array<unknown>(binders.length);
  let isAsync = false;
  let hasFailed = false;
  try {
    for (let i = 0; i < binders.length; i++) {
      const binder = binders[i]!;
      if (binder === null) continue;
      const value = typeof binder === 'function' ? binder(request, body) : bindScalar(binder, request);
      args[i] = value;
      // A scalar is an object only where it has failed.
      if (typeof binder !== 'function' && typeof value !== 'object') continue;
      if (isFailure(value)) hasFailed = true;
      else if (isThenable(value)) isAsync = true;
    }
  } catch (error) {
    // Binders already under way may reject later: without this, such a rejection would end the process.
    if (isAsync) Promise.allSettled(args);
    throw error;
  }
  if (isAsync) return loadLateCall().callOnceBound(route, request, args, replyTo);
  if (hasFailed) throw loadBindingErrors().bindingError(args, route.maxErrors);
  if (instance === undefined) return loadLateCall().callOfRequest(route, request, args, replyTo);
  return replyTo((instance as Controller)[route.methodName]!(...args), route, request);
}

/** Makes the reply to what a method has returned. */
function replyTo(result: unknown, route: LinkedRoute, request: HttpRequest): HttpReply | Promise<HttpReply> {
  if (isThenable(result)) return replyOnceSettled(result, route, request);
  if (lateReplies.makerOf?.(result) !== undefined) {
    return replyOnceSettled(settleLate(result, request), route, request);
  }
  const { makeReply } = route;
  try {
    const reply = makeReply === undefined ? toReply(result, route.defaults) : makeReply(result, request);
    return reply instanceof Promise ? reply : ownBody(reply, request);
  } catch (error) {
    ownResult(result, request);
    throw error;
  }
}

/** Apart, since a function with closures allocates for them in each call. */
function replyOnceSettled(result: PromiseLike<unknown>, route: LinkedRoute, request: HttpRequest): Promise<HttpReply> {
  return Promise.resolve(result).then((settled) => replyTo(settled, route, request));
}
