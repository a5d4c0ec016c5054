import type { DecoratorCall, ValidatorFunctions } from './decorator-call.js';

/** Makes a recorded call, with the options that it had when it was recorded. */
export function makeCall(functions: ValidatorFunctions, call: DecoratorCall): void {
  withOptions(call, () => run(functions, call));
}

function run(functions: ValidatorFunctions, { name, args, target, type, property }: DecoratorCall): void {
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
  if (options === undefined || Object.isFrozen(last)) {
    run();
    return;
  }
  const now = { ...last };
  if (isSame(options as Properties, now)) {
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
