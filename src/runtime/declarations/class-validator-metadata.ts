import type { Class } from './class.js';

/** One decorator of class-validator on one property, as class-validator stores it. */
export interface PropertyValidation {
  readonly type: string;
  /** The name of a condition, such as `isOptional`. */
  readonly name?: string;
  readonly target: unknown;
  readonly propertyName: string;
  /** A class; of a validator that was recorded, an object that has its constraints. */
  readonly constraintCls: unknown;
  readonly constraints: readonly unknown[] | undefined;
  readonly message: string | ((args: ValidationCall) => string) | undefined;
  readonly groups: readonly string[] | undefined;
  readonly always?: boolean | undefined;
  readonly each: boolean | undefined;
  readonly context: unknown;
  readonly validateIf?: (object: unknown, value: unknown) => boolean;
}

/** The second argument of a constraint. */
export interface ValidationCall {
  targetName: string;
  property: string;
  object: object;
  value: unknown;
  constraints: readonly unknown[] | undefined;
}

/** What decides whether a value is valid. */
export interface Constraint {
  validate(value: unknown, call: ValidationCall): boolean | Promise<boolean>;
  defaultMessage?(call: ValidationCall): string;
}

/** A constraint class, as class-validator stores it; `instance` comes from the container that the user has set. */
export interface ConstraintEntry {
  readonly name: string | undefined;
  readonly async: boolean;
  readonly instance: Constraint;
}

/** class-validator's metadata storage, the part that we read. */
interface Storage {
  getTargetValidationMetadatas(
    type: unknown,
    schema: string | undefined,
    always: boolean,
    strictGroups: boolean,
    groups?: readonly string[],
  ): PropertyValidation[];
  getTargetValidatorConstraints(type: unknown): ConstraintEntry[];
  addValidationMetadata(validation: PropertyValidation): void;
}

/** The global variable with the storage. */
const STORAGE = 'classValidatorMetadataStorage';

/**
 * class-validator stores its metadata on the global object. Reading it there needs no import: an app without DTOs does
 * not contain class-validator, and two copies of it share one storage.
 */
function storage(): Storage | undefined {
  return (globalThis as { [STORAGE]?: Storage })[STORAGE];
}

/** Which validators of a class run. */
export interface GroupOptions {
  /** Only those of these groups, and those that are `always`. Default: all. */
  readonly groups?: readonly string[] | undefined;
  /** Without `groups`, whether validators that have groups are left out. Default: false. */
  readonly strictGroups?: boolean | undefined;
  /** Whether validators without groups run for any `groups`. Default: false. */
  readonly always?: boolean | undefined;
}

/** The validators of a class and its base classes. */
export function validationsOf(type: Class, options: GroupOptions = {}): readonly PropertyValidation[] {
  const { groups, strictGroups = false, always = false } = options;
  return storage()?.getTargetValidationMetadatas(type, undefined, always, strictGroups, groups) ?? [];
}

/** Whether the class has validators, in any group. */
export function isValidated(type: unknown): type is Class {
  return typeof type === 'function' && validationsOf(type as Class).length > 0;
}

/** The constraints of a decorator. */
export function constraintsOf({ constraintCls }: PropertyValidation): readonly ConstraintEntry[] {
  // A condition, or a nested class.
  if (constraintCls === undefined) return [];
  const { recordedConstraints } = constraintCls as { recordedConstraints?: readonly ConstraintEntry[] };
  return recordedConstraints ?? storage()?.getTargetValidatorConstraints(constraintCls) ?? [];
}

/** Adds a validator to a class. */
export function addValidation(validation: PropertyValidation): void {
  storage()?.addValidationMetadata(validation);
}

/**
 * Runs what reads the storage after all decorators that have run so far: now, or, in a bundle that only records them, when
 * they are replayed, so that reading does not load class-validator.
 *
 * @param type the class whose validators it adds
 */
export function afterRecorded(type: Class, run: () => void): void {
  const getter = Object.getOwnPropertyDescriptor(globalThis, STORAGE)?.get as RecordingGetter | undefined;
  if (getter?.later === undefined) run();
  else getter.later(run, type);
}

/** What stands for the storage while a bundle records; see `recorders/`. */
interface RecordingGetter {
  readonly later?: (run: () => void, type: Class) => void;
}
