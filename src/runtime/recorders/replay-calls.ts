import type { DecoratorCall, DeferredRun, ValidatorFunctions } from './decorator-call.js';

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
      if (typeof call === 'function') call();
      else withOptions(call, () => replay(functions, call));
    }
  } catch (error) {
    const get = () => {
      throw error;
    };
    Object.defineProperty(globalThis, storage, { configurable: true, get });
    throw error;
  }
}

function replay(functions: ValidatorFunctions, { name, args, target, type, property }: DecoratorCall): void {
  const result = functions[name]!(...(args as never[]));
  if (target === undefined) return;
  const decorate = result as (target: object, property?: PropertyKey) => void;
  if (property === undefined) decorate(target);
  else decorate(withConstructor(target, type), property);
}

/** The class of a decorated property is its prototype's constructor, which a class decorator may have replaced since. */
function withConstructor(target: object, type: unknown): object {
  return target.constructor === type ? target : Object.create(target, { constructor: { value: type } });
}

/** Gives the last argument the properties that it had when the call was recorded, for as long as a function runs. */
function withOptions({ args, options }: DecoratorCall, run: () => void): void {
  const last = args.at(-1) as Properties;
  const now = { ...last };
  if (options === undefined || isSame(options as Properties, now) || Object.isFrozen(last)) {
    run();
    return;
  }
  assign(last, options as Properties);
  try {
    run();
  } finally {
    assign(last, now);
  }
}

type Properties = Record<string, unknown>;

function isSame(one: Properties, two: Properties): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(two).length && names.every((name) => name in two && one[name] === two[name]);
}

/** Gives an object exactly these properties. */
function assign(object: Properties, properties: Properties): void {
  for (const name of Object.keys(object)) if (!(name in properties)) delete object[name];
  Object.assign(object, properties);
}
