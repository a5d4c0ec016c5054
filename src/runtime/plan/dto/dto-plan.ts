import type { GroupOptions } from '../../declarations/class-validator-metadata.js';
import type { ScalarName } from '../../types/scalar-type.js';
import type { PlannedValue } from '../planned-value.js';

/**
 * How instances of a class are made and checked, for one choice of groups. The class is a hole: a parameter has it, or the
 * property that nests it. Nothing here depends on what a value is parsed from.
 */
export interface DtoPlan extends GroupOptions {
  /** The class's name, for messages. */
  readonly name: string;
  /** Whether constraints do not run on missing values, except `@IsDefined`. */
  readonly skipsMissing?: true;
  /** In class-validator's order. */
  readonly properties: readonly PropertyPlan[];
  /** What the decorators have recorded, as a number: linked to other records, the plan would be stale. */
  readonly fingerprint: number;
}

/**
 * One property of a DTO. Functions and objects (constraints, messages, conditions, contexts) are holes; `at` in the plans
 * below is their address: the position among the decorators that class-validator gives for the class and its groups.
 */
export interface PropertyPlan {
  readonly name: string;
  /** Of the value or of each item; undefined where nothing tells it. Such a value is neither converted nor checked. */
  readonly type?: PropertyType;
  /** Undefined for a single value. */
  readonly collection?: 'array' | 'set' | 'map';
  /** Whether the items are declared to be lists themselves; even an empty one is then an item. */
  readonly hasLists?: true;
  /** Whether only validators tell the type. */
  readonly isInferred?: true;
  /** Whether only validators tell that it is a list. */
  readonly isInferredList?: true;
  /** Whether a missing value is refused, as far as class-validator's own decorators decide. */
  readonly isRequired?: true;
  /** What a new instance has; undefined for no value, a hole where JSON cannot say it or instances differ in it. */
  readonly default?: PlannedValue;
  /** In the order in which they run. */
  readonly checks?: readonly CheckPlan[];
  /** `@IsOptional`, `@ValidateIf`: the property is checked only where all of them hold. */
  readonly conditions?: readonly ConditionPlan[];
  /** Its `@ValidateNested`. */
  readonly nested?: readonly NestedPlan[];
  /** Whether the class has a getter or a setter for it. */
  readonly isAccessor?: true;
  /** Whether the class has only a getter for it: a client cannot send it. */
  readonly isReadOnly?: true;
  /** By `@Secret`: no page may show its value. */
  readonly isSecret?: true;
}

/** The type of a property's values, as far as JSON can say it; `any` for a value as it comes. */
export type PropertyType = ScalarName | 'any' | ChoicePlan | NestedType | UnionPlan;

/**
 * Where the hole of a type is recorded: by `@Type`, by the compiler, or as the first argument of the decorator at a position,
 * such as `@IsInstance(Item)`.
 */
export type TypeAddress = 'type' | 'compiler' | number;

/** The values of an enum or a `oneOf`; null for a hole, where JSON cannot say one of them. */
export interface ChoicePlan {
  readonly choice: readonly (string | number)[] | null;
  readonly from: TypeAddress;
}

/** A class with validators. */
export interface NestedType {
  readonly dto: number;
  readonly from: TypeAddress;
}

/** A `discriminator`: the value of one property selects the class. */
export interface UnionPlan {
  readonly discriminator: string;
  /** The DTO for each value of the property. */
  readonly members: Readonly<Record<string, number>>;
  readonly from: TypeAddress;
}

/** What the plans of all decorators of class-validator have. */
interface DecoratorPlan {
  readonly at: number;
  readonly each?: true;
  readonly groups?: readonly string[];
  readonly always?: boolean;
  readonly hasContext?: true;
}

/** One constraint on one property. */
export interface CheckPlan extends DecoratorPlan {
  /** The constraint's name: `isInt`. */
  readonly name: string;
  /** Which of the decorator's constraints it is, where it has several. Default: the first. */
  readonly entry?: number;
  /** Whether the decorator has a message of its own. */
  readonly hasMessage?: true;
  /** The decorator's arguments. */
  readonly args?: readonly PlannedValue[];
  /** Whether the decorator has the option `validateIf`. */
  readonly hasCondition?: true;
}

/** A condition on the checks of a property. */
export interface ConditionPlan {
  readonly at: number;
  /** `isOptional` for `@IsOptional`; undefined for a function of the user's. */
  readonly name?: string;
}

/** A `@ValidateNested`. */
export type NestedPlan = DecoratorPlan;
