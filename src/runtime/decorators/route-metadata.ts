import { methodRecordOf, recordOf } from '../declarations/controller-record.js';
import type { RequestRoute } from '../http/request-route.js';

/** A decorator that puts a value on a class or a method, for middleware to read. */
export interface RouteMetadata<T> {
  (value: T): ClassDecorator & MethodDecorator;
  /** The value at a route: the method's, else the class's, else a base class's; undefined where none has one. */
  of(route: RequestRoute | undefined): T | undefined;
}

/**
 * Makes a typed decorator whose values middleware reads from `request.route`: roles, cache times, limits. A guard is
 * middleware that reads them.
 *
 * @example
 * ```ts
 * const Roles = defineRouteMetadata<string[]>();
 * const guard: Middleware = (request, next) => {
 *   if (Roles.of(request.route)?.includes('admin')) throw new ForbiddenError();
 *   return next();
 * };
 * ```
 */
export function defineRouteMetadata<T>(): RouteMetadata<T> {
  const decorate = (value: T) => (target: object, name?: string | symbol) => {
    (name === undefined ? recordOf(target) : methodRecordOf(target, name)).metadata.set(decorate, value);
  };
  return Object.assign(decorate as unknown as RouteMetadata<T>, {
    of: (route: RequestRoute | undefined) => route?.metadata.get(decorate) as T | undefined,
  });
}
