import type { Class } from '../../declarations/class.js';
import type { Constraint, PropertyValidation } from '../../declarations/class-validator-metadata.js';
import type { UnknownProperties } from '../../plan/app-plan.js';
import type { DtoPlan, PropertyPlan } from '../../plan/dto/dto-plan.js';
import type { ValueCheck } from '../../types/value-check.js';

/**
 * What a value was parsed from. Scalars have their types in JSON; in the others they are text, and are converted. In a path,
 * where a link has it and not a person, text is stricter.
 */
export type ValueFormat = 'json' | 'text' | 'form' | 'path';

/** The function of an `@IsOptional`, a `@ValidateIf` or the option `validateIf`. */
export type Condition = (object: object, value: unknown) => boolean;

/** What a constraint says of a value. Those of users may return anything: what is not falsy is valid. */
export type Verdict = boolean | PromiseLike<boolean>;

/** One constraint on one property. */
export interface Check {
  readonly validation: PropertyValidation;
  /** The constraint's name, in `constraints`. */
  readonly name: string;
  readonly constraint: Constraint;
}

/** How values of a type are made and checked. */
export interface LinkedType {
  /** Converts a parsed value to the declared type; undefined for a value that stays as JSON has it. */
  readonly hydrate: Hydrator | undefined;
  /** Checks that a value has the declared type; undefined where the type is unknown, or only decorators check. */
  readonly valueCheck: ValueCheck | undefined;
  /** Whether an empty string is a value of the property, rather than a blank input that may be missing. */
  readonly takesBlank: boolean;
}

/** How one property is made and checked. */
export interface LinkedProperty extends LinkedType {
  readonly plan: PropertyPlan;
  /** `@ValidateIf`, `@IsOptional`: the property is checked only where all of them hold. */
  readonly conditions: readonly Condition[] | undefined;
  readonly checks: readonly Check[];
  readonly nested: readonly PropertyValidation[] | undefined;
}

/** How instances of a class are made and checked. */
export interface LinkedClass {
  readonly type: new () => object;
  readonly name: string;
  /** Whether only `@IsDefined` runs on a missing value. */
  readonly skipsMissing: boolean;
  readonly properties: readonly LinkedProperty[];
  readonly byName: ReadonlyMap<string, LinkedProperty>;
}

/** Links classes for one way to use them: each once, so that a class may refer to itself. */
export interface Linker {
  readonly dtos: readonly DtoPlan[];
  readonly format: ValueFormat;
  /** Whether only decorators check, as in class-validator, and not the declared types. */
  readonly isExact: boolean;
  /** Gets each class, by the prototype of its instances. */
  readonly classes: Map<object, LinkedClass>;
  /** `linkClass`, for the types of properties. */
  readonly link: (type: Class, dto: number, linker: Linker) => LinkedClass;
}

/** Converts a parsed value to the declared type; gives a value that it cannot convert as it is, for the checks. */
export type Hydrator = (value: unknown, hydration: Hydration, depth: number) => unknown;

/** How instances are made, and what was found on the way, for the checks that follow. */
export interface Hydration {
  /** By the prototype of its instances: each class. */
  readonly classes: ReadonlyMap<object, LinkedClass>;
  readonly format: ValueFormat;
  readonly unknownProperties: UnknownProperties;
  readonly maxDepth: number;
  /** The most issues that are collected. */
  readonly maxErrors: number;
  /** Whether everything is exactly as class-validator does it. */
  readonly isExact: boolean;
  /** From `maxErrors` on no further objects' unknown names are noted: there are enough issues. */
  unknownCount: number;
  /** By instance: the names that its class does not declare. This and the next two are created when first needed. */
  unknownNames: Map<object, string[]> | undefined;
  /** By instance: the names whose setter threw. */
  refusedNames: Map<object, string[]> | undefined;
  /** Values that are nested too deep; no instances were made of them. */
  tooDeep: Set<object> | undefined;
}
