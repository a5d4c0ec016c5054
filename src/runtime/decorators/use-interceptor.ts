import { recordCall } from '../declarations/calls/record-call.js';
import { isClass } from '../declarations/is-class.js';
import { assertParentheses } from '../declarations/parentheses.js';
import type { ControllerRecord, MethodRecord } from '../declarations/records/controller-record.js';
import type { Interceptor } from '../http/interceptor.js';

/**
 * Passes what the methods of a class, or one method, return through functions before it becomes the reply. Those of the
 * method run first, then those of the class, then `interceptors` of the app; several run in the order in which they are
 * written. They run before `@OnNull`, `@OnUndefined` and `@Render`, whose values they see. What is a reply already passes
 * them: `HttpReply`, a web `Response`, streams, the location of `@Redirect`.
 *
 * @example
 * ```ts
 * @Controller('/todos') @UseInterceptor((value) => ({ data: value }))
 * class TodoController {}
 * ```
 */
export function UseInterceptor(...interceptors: Interceptor[]): ClassDecorator & MethodDecorator {
  assertParentheses('@UseInterceptor', interceptors[0], '@UseInterceptor(interceptor)', !isClass(interceptors[0]));
  return recordCall('@UseInterceptor', [interceptors.length], {
    on: 'classes and methods',
    write(record: ControllerRecord | MethodRecord) {
      record.interceptors = [...interceptors, ...(record.interceptors ?? [])];
    },
  });
}
