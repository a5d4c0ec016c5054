import type { DecoratorCall } from '../calls/decorator-call.js';
import type { DecoratorKind } from '../decorator-target.js';
import { type ControllerRecord, type MethodRecord, methodRecordOf, recordOf } from './controller-record.js';
import { loadMisplacedDecorator } from './misplaced-decorator.lazy.js';

/**
 * The record of what a decorator stands on: that of a method, for a parameter. Undefined where it may not stand there,
 * which is a startup mistake.
 *
 * @param paths of a route decorator
 * @throws TypeError where the compiler compiles the decorators of ECMAScript, not of TypeScript
 */
export function recordFor(
  kind: DecoratorKind,
  { decorator, target, member, third }: DecoratorCall,
  paths?: readonly string[],
): ControllerRecord | MethodRecord | undefined {
  if ((typeof third === 'number') === (kind === 'parameters')) {
    if (isMember(target, member)) {
      if (kind !== 'classes') return methodRecordOf(target, member!);
    } else if (member === undefined && kind.startsWith('classes')) return recordOf(target);
  }
  return loadMisplacedDecorator().recordMisplaced(kind, decorator, [target, member, third], paths);
}

/** Whether it is a member of instances; the decorators of ECMAScript get an object in place of a name. */
function isMember(target: object, name: unknown): boolean {
  return typeof target === 'object' && (typeof name === 'string' || typeof name === 'symbol');
}
