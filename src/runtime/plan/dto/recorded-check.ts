import type { Constraint, PropertyValidation } from '../../declarations/class-validator-metadata.js';

/** One decorator of class-validator, with its position among those of the class and its groups. */
export interface RecordedValidation {
  readonly at: number;
  readonly validation: PropertyValidation;
}

/** One constraint of a decorator. */
export interface RecordedCheck extends RecordedValidation {
  /** The constraint's name, in `constraints` of an issue. */
  readonly name: string;
  /** Which of the decorator's constraints it is. */
  readonly entry: number;
  readonly constraint: Constraint;
}

/** The function of an `@IsOptional` or `@ValidateIf`. */
export type Condition = (object: object, value: unknown) => boolean;
