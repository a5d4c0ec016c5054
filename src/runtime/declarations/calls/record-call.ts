import '../reflect/reflect-global.js';
import { sharedByCopies } from '../../identity/copies.js';
import { loadCarryOut } from './carry-out.lazy.js';
import { constantClasses, lateMethod } from './constant-classes.js';
import { loadDecorateNow } from './decorate-now.lazy.js';
import type { CallCarrier, DecoratorCall } from './decorator-call.js';

/** By class, the calls of all decorators in and on it, in their order; those of its base classes are not among them. */
export const callsByClass = sharedByCopies('calls', new WeakMap<object, DecoratorCall[]>());

/** A decorator of anything, as the compiler calls it. */
type AnyDecorator = (target: object, member?: string | symbol, third?: unknown) => void;

/**
 * Makes a decorator that records its calls, and does nothing else: this is part of every cold start.
 *
 * @param args see {@link DecoratorCall}
 * @param carrier of a decorator that `carry-out.ts` does not know by its name
 * @param isOutlined see {@link DecoratorCall}
 */
export function recordCall(
  decorator: string,
  args: readonly unknown[],
  carrier?: CallCarrier<never>,
  isOutlined = false,
): AnyDecorator {
  return (target, member, third) => {
    const hasDefault =
      typeof third === 'number' &&
      third >=
        (lateMethod.parameters ??
          (Object.getOwnPropertyDescriptor(target, member!)?.value as { readonly length: number })?.length);
    const call = { decorator, args, target, member, third, hasDefault, isOutlined, carrier } as DecoratorCall;
    // The decorators of ECMAScript get an object in place of a name: that is an error at once.
    if (typeof member === 'object') {
      loadCarryOut().carryOut(call);
      return;
    }
    const type = typeof target === 'function' ? target : target.constructor;
    if (constantClasses.has(type)) loadDecorateNow().endConstancy(type);
    const calls = callsByClass.get(type);
    if (calls === undefined) callsByClass.set(type, [call]);
    else calls.push(call);
  };
}
