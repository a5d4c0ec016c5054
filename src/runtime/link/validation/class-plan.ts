import type { Class } from '../../declarations/class.js';
import type { Mistakes } from '../../declarations/mistakes.js';
import type { Constraint, GroupOptions, PropertyValidation } from './class-validator-metadata.js';

/** What a value was parsed from. Scalars have their types in JSON; in the others they are text, and are converted. */
export type ValueFormat = 'json' | 'text' | 'form';

/** Whether properties that a class does not declare are an issue, are left out, or are kept. */
export type UnknownProperties = 'reject' | 'strip' | 'keep';

/** How a class is used. */
export interface PlanOptions extends GroupOptions {
  readonly format: ValueFormat;
  /** Whether properties must hold their declared types, even where no validator checks it. */
  readonly checksTypes: boolean;
}

/** Plans classes: each once, so that a class may refer to itself. */
export interface Planner {
  readonly options: PlanOptions;
  readonly mistakes: Mistakes;
  plan(type: Class): ClassPlan;
}

/** One constraint on one property. */
export interface Check {
  readonly validation: PropertyValidation;
  /** The constraint's name, in `constraints`. */
  readonly name: string;
  readonly constraint: Constraint;
}

/** How one property is made and checked. */
export interface PropertyPlan {
  readonly name: string;
  /** `@ValidateIf`, `@IsOptional`: the property is checked only where all of them hold. */
  readonly conditions: readonly ((object: object, value: unknown) => boolean)[];
  readonly checks: readonly Check[];
  /** The checks whose decorator has a `context`. */
  readonly withContext: readonly Check[];
  readonly nested: readonly PropertyValidation[];
  /** Whether a nested object must be there; class-validator itself lets a missing one pass. */
  readonly isNestedRequired: boolean;
  /** Converts a parsed value to the declared type; leaves a value that it cannot convert to the checks. */
  readonly hydrate: Hydrator | undefined;
  /** Checks that a value has the declared type; undefined where the type is unknown. */
  readonly valueCheck: ValueCheck | undefined;
  /** Whether an empty string is a value of the property, rather than a blank input. */
  readonly isText: boolean;
}

/** How instances of a class are made and checked. */
export interface ClassPlan {
  readonly type: new () => object;
  readonly name: string;
  readonly properties: readonly PropertyPlan[];
  readonly byName: ReadonlyMap<string, PropertyPlan>;
}

/** Converts a parsed value to the declared type; gives a value that it cannot convert as it is. */
export type Hydrator = (value: unknown, hydration: Hydration, depth: number) => unknown;

/** Checks that a value has the declared type. */
export interface ValueCheck {
  /** What a value must be, for issues: `a string`. */
  readonly expected: string;
  /** Whether the issue is about each value of a list. */
  readonly isEach: boolean;
  accepts(value: unknown): boolean;
}

/** How instances are made, and what was found on the way, for the checks that follow. */
export interface Hydration {
  readonly unknownProperties: UnknownProperties;
  readonly maxDepth: number;
  /** Whether issues about unknown names are sorted, as for a query, whose order means nothing. */
  readonly sortsNames: boolean;
  /** Whether an empty value of a property that may be missing counts as missing, as in a form. */
  readonly dropsEmpty: boolean;
  /** The outermost instance, once it is made. */
  root: object | undefined;
  /** By nested instance: the plan of its class. This and the next two are created when first needed. */
  nested: Map<object, ClassPlan> | undefined;
  /** By instance: the names that its class does not declare. */
  unknownNames: Map<object, string[]> | undefined;
  /** Values that are nested too deep; no instances were made of them. */
  tooDeep: Set<object> | undefined;
}
