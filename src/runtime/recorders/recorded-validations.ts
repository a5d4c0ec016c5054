import type { Groups, Validation } from './chosen-validations.js';
import { loadChosenValidations } from './chosen-validations.lazy.js';
import type { DecoratorCall, DeferredRun, ValidatorFunctions } from './decorator-call.js';

// A bundle with recorders has class-validator's decorators twice: in the file of class-validator itself, and beside this
// one, where `twodoors build` lets them register here instead of in class-validator's storage. What decides whether a value
// is valid, and what words a message, is class-validator's own code either way.

/** The options of a decorator, as far as they become a part of its validator. */
type DecoratorOptions = Partial<Record<'message' | 'groups' | 'always' | 'each' | 'context' | 'validateIf', unknown>>;

/** What `ValidateBy` takes. */
interface Rule {
  readonly name?: string;
  readonly async?: boolean;
  readonly constraints?: readonly unknown[];
  readonly validator: unknown;
}

/** What `registerDecorator` takes. */
interface Registration extends Rule {
  readonly target: unknown;
  readonly propertyName: string;
  readonly options?: DecoratorOptions;
}

/** What was registered for each class, by the order of the first decorators. */
let registered = new Map<unknown, Validation[]>();

/**
 * The validators of a class and its base classes, as class-validator's storage would give them: the recorded calls for
 * these classes, and no others, are made.
 *
 * @param functions class-validator's, made to register here
 * @returns undefined where only class-validator itself can carry out one of the calls
 */
export function recordedValidations(
  type: new () => object,
  groups: Groups,
  calls: readonly (DecoratorCall | DeferredRun)[],
  functions: ValidatorFunctions,
): readonly Validation[] | undefined {
  registered = new Map();
  try {
    for (const call of calls) {
      const { type: decorated } = call;
      const isOfFunction = 'args' in call && call.target === undefined;
      const target = isOfFunction ? (call.args[0] as Registration).target : decorated;
      if (target !== type && !(type.prototype instanceof (target as new () => object))) continue;
      // What adds validators to a class by itself reads class-validator's storage.
      if ('run' in call) return undefined;
      const { name, args, options, property } = call;
      // A decorated class is a constraint.
      if (property === undefined && !isOfFunction) continue;
      const make = functions[name];
      if (make === undefined || (options !== undefined && !isSame(options, args.at(-1) as object))) return undefined;
      const made = make(...(args as never[]));
      if (typeof made === 'function') made(withConstructor(call.target!, decorated), property);
      else if (made !== undefined) {
        (made as Validation).target = decorated;
        (made as Validation).propertyName = property as string;
        addValidation(made as Validation);
      }
    }
  } catch {
    // Whoever reads class-validator's storage gets the error.
    return undefined;
  }
  const { groups: chosen = [], strictGroups } = groups;
  const own = registered.get(type);
  const isAlone = own !== undefined && registered.size === 1 && chosen.length === 0 && strictGroups !== true;
  return isAlone ? own : loadChosenValidations().chosenValidations(type, groups, registered);
}

/** Whether options are still those that they were. */
function isSame(one: object, two: object): boolean {
  const names = Object.keys(one) as never[];
  return names.length === Object.keys(two).length && names.every((name) => name in two && one[name] === two[name]);
}

/** The class of a decorated property is its prototype's constructor, which a class decorator may have replaced since. */
function withConstructor(target: object, type: unknown): object {
  return target.constructor === type ? target : Object.create(target, { constructor: { value: type } });
}

/** Stands for class-validator's storage. */
const STORAGE = { addValidationMetadata: addValidation };

function addValidation(validation: Validation): void {
  const known = registered.get(validation.target);
  if (known === undefined) registered.set(validation.target, [validation]);
  else known.push(validation);
}

/** Stands for class-validator's function of that name. */
export function getMetadataStorage(): typeof STORAGE {
  return STORAGE;
}

/** The types that class-validator knows of; any other name is that of a constraint. */
const TYPES: readonly unknown[] = [
  'customValidation',
  'nestedValidation',
  'promiseValidation',
  'conditionalValidation',
  'whitelistValidation',
  'isDefined',
];

/**
 * Stands for class-validator's function of that name, by which nearly all of its decorators are made. It gives the validator
 * itself, and no decorator: what is decorated is known.
 */
export function validateBy(rule: Rule, options: DecoratorOptions = {}): Validation {
  const { name, async = false, constraints, validator } = rule;
  const { message, groups, always, each, context, validateIf } = options;
  // It comes from the container that the app may have set.
  if (typeof validator === 'function') throw new Error(`${name} has a constraint class`);
  return {
    type: TYPES.includes(name) ? name : 'customValidation',
    name,
    target: undefined,
    propertyName: '',
    // The constraint is kept with the validator.
    constraintCls: { recordedConstraints: [{ name, async, instance: validator }] },
    constraints,
    message,
    groups,
    always,
    each,
    context,
    validateIf,
  } as Validation;
}

/** Stands for class-validator's function of that name. */
export function registerDecorator(options: Registration): void {
  const { target, propertyName } = options;
  addValidation({ ...validateBy(options, options.options), target, propertyName });
}
