import type { HttpRequest } from '../http/http-request.js';
import { isThenable } from '../http/is-thenable.js';
import type { HttpReply } from '../http/reply/http-reply.js';
import { loadBindingErrors } from './binding/binding-errors.lazy.js';
import { isFailure } from './binding/failure-mark.js';
import type { Controller, LinkedRoute } from './linked-route.js';

/** Makes the reply to what a method has returned. */
type Reply = (result: unknown, route: LinkedRoute, request: HttpRequest) => HttpReply | Promise<HttpReply>;

/** Calls a method once all of its arguments are there. */
export async function callOnceBound(
  route: LinkedRoute,
  request: HttpRequest,
  args: readonly unknown[],
  reply: Reply,
): Promise<HttpReply> {
  const bound = await Promise.all(args);
  if (bound.some(isFailure)) throw loadBindingErrors().bindingError(bound, route.maxErrors);
  return route.instance === undefined
    ? callOfRequest(route, request, bound, reply)
    : callOn(route.instance, route, request, bound, reply);
}

/** Calls a method of the controller that is created for its request. */
export function callOfRequest(
  route: LinkedRoute,
  request: HttpRequest,
  args: readonly unknown[],
  reply: Reply,
): HttpReply | Promise<HttpReply> {
  const { resolve } = route.options;
  const type = route.controller as unknown as new () => object;
  const instance: unknown = resolve === undefined ? new type() : resolve(type, request);
  return isThenable(instance)
    ? Promise.resolve(instance).then((created) => callOn(created, route, request, args, reply))
    : callOn(instance, route, request, args, reply);
}

function callOn(
  instance: unknown,
  route: LinkedRoute,
  request: HttpRequest,
  args: readonly unknown[],
  reply: Reply,
): HttpReply | Promise<HttpReply> {
  return reply((instance as Controller)[route.methodName]!(...args), route, request);
}
