import type { Class } from '../../declarations/class.js';

/** One decorator of class-validator on one property, as class-validator keeps it. */
export interface PropertyValidation {
  readonly type: string;
  readonly target: unknown;
  readonly propertyName: string;
  readonly constraintCls: unknown;
  readonly constraints: readonly unknown[] | undefined;
  readonly message: string | ((args: ValidationCall) => string) | undefined;
  readonly groups: readonly string[] | undefined;
  readonly each: boolean | undefined;
  readonly context: unknown;
  readonly validateIf?: (object: unknown, value: unknown) => boolean;
}

/** What a constraint is told of the value it looks at. */
export interface ValidationCall {
  targetName: string;
  property: string;
  object: object;
  value: unknown;
  constraints: readonly unknown[] | undefined;
}

/** The object that decides. */
export interface Constraint {
  validate(value: unknown, call: ValidationCall): boolean | Promise<boolean>;
  defaultMessage?(call: ValidationCall): string;
}

/** A constraint class, as class-validator keeps it; `instance` asks the container that the user set. */
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
}

/**
 * class-validator keeps its metadata on the global object. Read there it needs no import: an app without DTOs does not
 * carry class-validator at all, and two copies of it share one storage.
 */
function storage(): Storage | undefined {
  return (globalThis as { classValidatorMetadataStorage?: Storage }).classValidatorMetadataStorage;
}

/** Which of a class's validators count. */
export interface GroupOptions {
  /** Those of one of these groups, and those that are `always`; without groups, all. */
  readonly groups?: readonly string[];
  /** Without `groups`, validators that have groups do not count. Default: false. */
  readonly strictGroups?: boolean;
  /** Validators without groups count whatever groups are asked for. Default: false. */
  readonly always?: boolean;
}

/** All that class-validator knows of a class and its base classes. */
export function validationsOf(type: Class, options: GroupOptions = {}): readonly PropertyValidation[] {
  const { groups, strictGroups = false, always = false } = options;
  return storage()?.getTargetValidationMetadatas(type, undefined, always, strictGroups, groups) ?? [];
}

/** Whether class-validator knows anything of this class, in whatever group. */
export function isValidated(type: unknown): type is Class {
  return typeof type === 'function' && validationsOf(type as Class).length > 0;
}

/** The constraints behind a decorator. */
export function constraintsOf(validation: PropertyValidation): readonly ConstraintEntry[] {
  return storage()?.getTargetValidatorConstraints(validation.constraintCls) ?? [];
}
