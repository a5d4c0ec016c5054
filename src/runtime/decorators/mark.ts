import type { RequestRoute } from '../http/http-request.js';
import { methodRecordOf, recordOf } from '../metadata.js';

/** A decorator that leaves a value on a class or a method, for middleware to read. */
export interface Mark<T> {
  (value: T): ClassDecorator & MethodDecorator;
  /** The value at a route: the method's, else the class's or a base class's; undefined where there is none. */
  of(route: RequestRoute | undefined): T | undefined;
}

/**
 * Makes a typed decorator whose values middleware reads from `request.route`: roles, cache times, limits. Guards need no
 * concept of their own.
 *
 * @example
 * ```ts
 * const Roles = defineMark<string[]>();
 * const guard: Middleware = (request, next) => {
 *   if (Roles.of(request.route)?.includes('admin')) throw new ForbiddenError();
 *   return next();
 * };
 * ```
 */
export function defineMark<T>(): Mark<T> {
  const mark = (value: T) => (target: object, name?: string | symbol) => {
    (name === undefined ? recordOf(target) : methodRecordOf(target, name)).marks.set(mark, value);
  };
  return Object.assign(mark as unknown as Mark<T>, {
    of: (route: RequestRoute | undefined) => route?.marks.get(mark) as T | undefined,
  });
}
