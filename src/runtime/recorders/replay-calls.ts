import type { DecoratorCall, DeferredRun, ValidatorFunctions } from './decorator-call.js';
import { makeCall } from './make-call.js';

/**
 * Makes the recorded calls of class-validator's decorators, in their order. Should one throw, nobody gets a storage that
 * has only a part of them: whoever reads it from then on gets the error.
 *
 * @param storage the name of the global variable with class-validator's storage
 */
export function replayCalls(
  functions: ValidatorFunctions,
  calls: Iterable<DecoratorCall | DeferredRun>,
  storage: string,
): void {
  delete (globalThis as Record<string, unknown>)[storage];
  try {
    for (const call of calls) {
      if ('run' in call) call.run();
      else makeCall(functions, call);
    }
  } catch (error) {
    const get = () => {
      throw error;
    };
    Object.defineProperty(globalThis, storage, { configurable: true, get });
    throw error;
  }
}
