import type { Class } from '../declarations/class.js';
import { emittedFor } from '../declarations/reflect/reflect.js';

const RETURNS = Symbol.for('twodoors.returns');

type Returns = WeakMap<object, () => Readonly<Record<string | symbol, unknown>>>;

/**
 * What a method of this class itself declares to return: a class, a scalar's class, or a list of one. Of `Promise<Todo>` and
 * `Todo[]`, the compiler of `twodoors` has kept it; anything else has kept `Promise` and `Array` alone.
 */
export function declaredReturnOf(type: Class, name: string | symbol): unknown {
  const returns = (globalThis as { [RETURNS]?: Returns })[RETURNS]?.get(type)?.();
  return returns !== undefined && Object.hasOwn(returns, name)
    ? returns[name]
    : emittedFor(type, name, 'design:returntype');
}
