import type { Constraint, PropertyValidation } from '../../declarations/class-validator-metadata.js';
import type { UnknownProperties } from '../../plan/app-plan.js';

/**
 * What a value was parsed from. Scalars have their types in JSON; in the others they are text, and are converted. In a path,
 * where a link has it and not a person, text is stricter.
 */
export type ValueFormat = 'json' | 'text' | 'form' | 'path';

/** One constraint on one property. */
export interface Check {
  readonly validation: PropertyValidation;
  /** The constraint's name, in `constraints`. */
  readonly name: string;
  readonly constraint: Constraint;
}

/** How one property is made and checked. */
export interface LinkedProperty {
  readonly name: string;
  /** `@ValidateIf`, `@IsOptional`: the property is checked only where all of them hold. */
  readonly conditions: readonly ((object: object, value: unknown) => boolean)[];
  readonly checks: readonly Check[];
  /** The checks whose decorator has a `context`. */
  readonly withContext: readonly Check[];
  readonly nested: readonly PropertyValidation[];
  /** Whether a nested object must be there; class-validator itself lets a missing one pass. */
  readonly isNestedRequired: boolean;
  /** Whether only `@IsDefined` runs on a missing value. */
  readonly skipsMissing: boolean;
  /** Converts a parsed value to the declared type; leaves a value that it cannot convert to the checks. */
  readonly hydrate: Hydrator | undefined;
  /** Checks that a value has the declared type; undefined where the type is unknown. */
  readonly valueCheck: ValueCheck | undefined;
  /** Whether the class has a getter or a setter for it. */
  readonly isAccessor: boolean;
  /** Whether the class has only a getter for it: a client cannot send it. */
  readonly isReadOnly: boolean;
  /** Whether an empty string is a value of the property, rather than a blank input that may be missing. */
  readonly takesBlank: boolean;
}

/** How instances of a class are made and checked. */
export interface LinkedClass {
  readonly type: new () => object;
  readonly name: string;
  readonly properties: readonly LinkedProperty[];
  readonly byName: ReadonlyMap<string, LinkedProperty>;
}

/** Converts a parsed value to the declared type; gives a value that it cannot convert as it is. */
export type Hydrator = (value: unknown, hydration: Hydration, depth: number) => unknown;

/** Checks that a value has the declared type. */
export interface ValueCheck {
  /** What a value must be, for issues: `a string`. */
  readonly expected: string;
  /** Whether the issue is about each value of a list. */
  readonly isEach: boolean;
  /** Where it checks the items of a collection: the check of the collection itself, whose issue comes first. */
  readonly ofWhole?: ValueCheck;
  accepts(value: unknown): boolean;
}

/** How instances are made, and what was found on the way, for the checks that follow. */
export interface Hydration {
  /** By the prototype of its instances: each class. */
  readonly classes: ReadonlyMap<object, LinkedClass>;
  readonly unknownProperties: UnknownProperties;
  readonly maxDepth: number;
  /** Whether issues about unknown names are sorted, as for a query, whose order means nothing. */
  readonly sortsNames: boolean;
  /** Whether an empty value of a property that may be missing counts as missing, as in a form. */
  readonly dropsEmpty: boolean;
  /** The outermost instance, once it is made. */
  root: object | undefined;
  /** The number of names from which on no further objects' unknown names are noted: there are enough issues. */
  readonly maxUnknown: number;
  unknownCount: number;
  /** By instance: the names that its class does not declare. This and the next two are created when first needed. */
  unknownNames: Map<object, string[]> | undefined;
  /** By instance: the names whose setter threw. */
  refusedNames: Map<object, string[]> | undefined;
  /** Values that are nested too deep; no instances were made of them. */
  tooDeep: Set<object> | undefined;
}
