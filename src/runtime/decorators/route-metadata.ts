import { recordCall } from '../declarations/calls/record-call.js';
import { assertParentheses } from '../declarations/parentheses.js';
import type { ControllerRecord, MethodRecord } from '../declarations/records/controller-record.js';
import { loadMisplacedDecorator } from '../declarations/records/misplaced-decorator.lazy.js';
import type { RequestRoute } from '../http/request-route.js';

/** A decorator that puts a value on a class or a method, for middleware to read. */
export interface RouteMetadata<T> {
  (value: T): ClassDecorator & MethodDecorator;
  /** The value at a route: the method's, else the class's, else a base class's; undefined where it is missing. */
  of(route: RequestRoute | undefined): T | undefined;
}

/**
 * Makes a typed decorator whose values middleware reads from `request.route`: roles, cache times, limits. A guard is
 * middleware that reads them. A value of `undefined` is a startup mistake: it would read as no value.
 *
 * @param name under which documents and lists of routes show the values. Default: they don't
 * @example
 * ```ts
 * const Roles = defineRouteMetadata<string[]>();
 * const guard: Middleware = (request, next) => {
 *   if (Roles.of(request.route)?.includes('admin')) throw new ForbiddenError();
 *   return next();
 * };
 * ```
 */
export function defineRouteMetadata<T>(name?: string): RouteMetadata<T> {
  const decorate = (value: T) => {
    assertParentheses('A decorator of defineRouteMetadata', value, '@Roles(value)', true);
    return recordCall('defineRouteMetadata', [], {
      on: 'classes and methods',
      write(record: ControllerRecord | MethodRecord, { decorator, target, member }) {
        if (value === undefined) loadMisplacedDecorator().addWithoutValue(decorator, [target, member]);
        record.metadata ??= new Map();
        if (record.metadata.has(decorate)) loadMisplacedDecorator().addRepeatedValue(decorator, [target, member]);
        record.metadata.set(decorate, value);
      },
    });
  };
  return Object.assign(decorate as unknown as RouteMetadata<T>, {
    ...(name !== undefined && { metadataName: name }),
    of: (route: RequestRoute | undefined) => route?.metadata.get(decorate) as T | undefined,
  });
}
