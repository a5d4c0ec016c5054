import type { DecoratorCall, DeferredRun, ValidatorFunctions } from './decorator-call.js';
import { makeCall } from './make-call.js';

// A bundle with recorders has class-validator's decorators twice: in the file of class-validator itself, and beside this
// one, where `twodoors build` lets them register here instead of in class-validator's storage. What decides whether a value
// is valid, and what words a message, is class-validator's own code either way.

/** One decorator on one property: an instance of class-validator's `ValidationMetadata`. */
interface Validation {
  readonly type: string;
  readonly target: unknown;
  readonly propertyName: string;
  readonly groups: readonly string[] | undefined;
  readonly always?: boolean | undefined;
}

/** Which validators of a class run, by class-validator's own options. */
interface Groups {
  readonly groups?: readonly string[] | undefined;
  readonly strictGroups?: boolean | undefined;
  readonly always?: boolean | undefined;
}

/** What `registerDecorator` takes. */
interface Registration {
  readonly name?: string;
  readonly async?: boolean;
  readonly target: unknown;
  readonly propertyName: string;
  readonly options?: object;
  readonly constraints?: readonly unknown[];
  readonly validator: unknown;
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
      if (!isAbout(call, type)) continue;
      // What adds validators to a class by itself reads class-validator's storage.
      if ('run' in call || functions[call.name] === undefined) return undefined;
      makeCall(functions, call);
    }
    return withoutOverridden(type, groups);
  } catch {
    // Whoever reads class-validator's storage gets the error.
    return undefined;
  }
}

/** Whether a call decorates a property of a class or of one of its base classes. */
function isAbout(call: DecoratorCall | DeferredRun, type: new () => object): boolean {
  let decorated = call.type;
  if ('args' in call) {
    if (call.target === undefined) decorated = (call.args[0] as Registration).target;
    // A decorated class is a constraint.
    else if (call.property === undefined) return false;
  }
  return decorated === type || type.prototype instanceof (decorated as new () => object);
}

/** The validators of a class, then those of its base classes that it has none of the same type and property for. */
function withoutOverridden(type: unknown, groups: Groups): Validation[] {
  const own = (registered.get(type) ?? []).filter((validation) => runs(validation, groups));
  const all = [...own];
  for (const [base, validations] of registered) {
    if (base === type) continue;
    for (const validation of validations) {
      const isOverridden = own.some(
        (each) => each.propertyName === validation.propertyName && each.type === validation.type,
      );
      if (runs(validation, groups) && !isOverridden) all.push(validation);
    }
  }
  return all;
}

/** Whether a validator runs for a choice of groups. */
function runs({ groups, always: isAlways }: Validation, { groups: chosen, strictGroups, always }: Groups): boolean {
  const isGrouped = groups !== undefined && groups.length > 0;
  if (isAlways === undefined ? !isGrouped && always === true : isAlways) return true;
  if (chosen === undefined || chosen.length === 0) return !(strictGroups === true && isGrouped);
  return isGrouped && groups.some((group) => chosen.includes(group));
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

/** Does what `registerDecorator` does, but for the constraint: it is kept with the validator itself. */
export function register(options: Registration, Metadata: new (args: object) => Validation): void {
  const { name, async = false, target, propertyName, validator } = options;
  // It comes from the container that the app may have set.
  if (typeof validator === 'function') throw new Error(`${propertyName} has a constraint class`);
  addValidation(
    new Metadata({
      type: TYPES.includes(name) ? name : 'customValidation',
      name,
      target,
      propertyName,
      validationOptions: options.options,
      constraintCls: { recordedConstraints: [{ name, async, instance: validator }] },
      constraints: options.constraints,
    }),
  );
}
