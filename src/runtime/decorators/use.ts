import { recordCall } from '../declarations/calls/record-call.js';
import { isClass } from '../declarations/is-class.js';
import { assertParentheses } from '../declarations/parentheses.js';
import type { ControllerRecord, MethodRecord } from '../declarations/records/controller-record.js';
import type { Middleware } from '../http/middleware.js';

/**
 * Wraps the routes of a class, or one method, with middleware; the first is the outermost, and that of the class wraps
 * that of the method. It runs before the body is read. `next()` rejects with what the handler throws.
 *
 * @example
 * ```ts
 * @Get('/stats') @Use(requireAdmin)
 * stats() { return this.todos.stats(); }
 * ```
 */
export function Use(...middleware: Middleware[]): ClassDecorator & MethodDecorator {
  assertParentheses('@Use', middleware[0], '@Use(middleware)', !isClass(middleware[0]));
  return recordCall('@Use', [middleware.length], {
    on: 'classes and methods',
    write(record: ControllerRecord | MethodRecord) {
      record.uses = [...middleware, ...record.uses];
    },
  });
}
