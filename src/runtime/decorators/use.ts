import { methodRecordOf, recordOf } from '../declarations/controller-record.js';
import type { Middleware } from '../http/middleware.js';

/** Wraps the routes of a class, or one method, with middleware; the first is the outermost. */
export function Use(...middleware: Middleware[]): ClassDecorator & MethodDecorator {
  return (target: object, name?: string | symbol) => {
    const record = name === undefined ? recordOf(target) : methodRecordOf(target, name);
    record.uses.unshift(...middleware);
  };
}
