import { loadCarryOut } from './carry-out.lazy.js';
import { callsOf } from './class-calls.js';
import type { CallCarrier, DecoratorCall } from './decorator-call.js';

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
    const hasDefault = typeof third === 'number' && third >= lengthOf(target, member);
    const call = { decorator, args, target, member, third, hasDefault, isOutlined, carrier } as DecoratorCall;
    // The decorators of ECMAScript get an object in place of a name: that is an error at once.
    if (typeof member === 'object') loadCarryOut().carryOut(call);
    else callsOf(typeof target === 'function' ? target : target.constructor).all.push(call);
  };
}

/** How many parameters a method has before the first with a default; Infinity for anything but a method. */
function lengthOf(target: object, member: string | symbol | undefined): number {
  const method = Object.getOwnPropertyDescriptor(target, member!)?.value as unknown;
  return typeof method === 'function' ? method.length : Number.POSITIVE_INFINITY;
}
