import { type Class, nameOf } from '../../declarations/class.js';
import { propertyTypeOf } from '../../declarations/compiler-types.js';
import { recordedPropertyType } from '../../declarations/property-type.js';
import {
  type Constraint,
  constraintsOf,
  type GroupOptions,
  type PropertyValidation,
  validationsOf,
} from './class-validator-metadata.js';
import { createHydrator, type Hydrator, type ValueCheck } from './hydrator.js';

/** Where a value comes from: it decides what is converted. Scalars are values in JSON, and text in the others. */
export type ValueSource = 'json' | 'text' | 'form';

/** What a plan is made for. */
export interface PlanOptions extends GroupOptions {
  readonly source: ValueSource;
  /** Whether properties hold the types that they declare, where no validator says so. */
  readonly checksTypes: boolean;
}

/** One constraint on one property. */
export interface Check {
  readonly validation: PropertyValidation;
  /** The constraint's name, in `constraints`. */
  readonly name: string;
  readonly constraint: Constraint;
}

/** What is done with one property. */
export interface PropertyPlan {
  readonly name: string;
  /** All must hold, or the property is left alone: `@ValidateIf`, `@IsOptional`. */
  readonly conditions: readonly ((object: object, value: unknown) => boolean)[];
  readonly checks: readonly Check[];
  /** Those of the checks whose decorator has a `context`. */
  readonly withContext: readonly Check[];
  readonly nested: readonly PropertyValidation[];
  /** Whether a nested class must be there; class-validator itself lets a missing one pass. */
  readonly isNestedRequired: boolean;
  /** Makes the declared type of a parsed value; what cannot be made is left for the checks to refuse. */
  readonly hydrate: Hydrator | undefined;
  /** Whether a value is of the declared type; undefined where none can be told. */
  readonly valueCheck: ValueCheck | undefined;
  /** Whether an empty value of a form means that it is absent, if it may be. */
  readonly isText: boolean;
}

/** What is done with a class. */
export interface ClassPlan {
  readonly type: new () => object;
  readonly name: string;
  readonly properties: readonly PropertyPlan[];
  readonly byName: ReadonlyMap<string, PropertyPlan>;
}

/** Plans classes; each once, so that they may refer to themselves. */
export interface Planner {
  readonly options: PlanOptions;
  /** What is wrong, each with the class and the property. */
  readonly mistakes: string[];
  plan(type: Class): ClassPlan;
}

/** Makes a planner for one way of using classes. */
export function createPlanner(options: PlanOptions, mistakes: string[]): Planner {
  const plans = new Map<Class, ClassPlan>();
  const planner: Planner = {
    options,
    mistakes,
    plan(type) {
      const known = plans.get(type);
      if (known !== undefined) return known;
      const properties: PropertyPlan[] = [];
      const byName = new Map<string, PropertyPlan>();
      const plan: ClassPlan = { type: type as unknown as new () => object, name: type.name, properties, byName };
      plans.set(type, plan);
      for (const [name, validations] of groupByProperty(validationsOf(type, options))) {
        const property = planProperty(type, name, validations, planner);
        properties.push(property);
        byName.set(name, property);
      }
      return plan;
    },
  };
  return planner;
}

function groupByProperty(validations: readonly PropertyValidation[]): Map<string, PropertyValidation[]> {
  const grouped = new Map<string, PropertyValidation[]>();
  for (const validation of validations) {
    const group = grouped.get(validation.propertyName);
    if (group === undefined) grouped.set(validation.propertyName, [validation]);
    else group.push(validation);
  }
  return grouped;
}

/** Constraints that look at text, and never hold for the Date that is made of it. */
const ISO_TEXT = ['isIso8601', 'isDateString', 'isRFC3339', 'isRfc3339'];

function planProperty(
  type: Class,
  name: string,
  validations: readonly PropertyValidation[],
  planner: Planner,
): PropertyPlan {
  const ofKind = (kind: string) => validations.filter((validation) => validation.type === kind);
  const where = `${nameOf(type)}.${name}`;
  const nested = ofKind('nestedValidation');
  // As class-validator does, @IsDefined first, whatever the order of the decorators.
  const checks = [...ofKind('isDefined'), ...ofKind('customValidation')].flatMap((validation) =>
    constraintsOf(validation).map((entry) => ({
      validation,
      name: entry.name ?? validation.type,
      constraint: entry.instance,
    })),
  );
  const declared = propertyTypeOf(type, name);
  const { hydrate, valueCheck } = createHydrator(
    { where, declared, given: recordedPropertyType(type, name), isNested: nested.length > 0 },
    planner,
  );
  const iso = checks.find((check) => ISO_TEXT.includes(check.name));
  if (declared === Date && iso !== undefined) {
    planner.mistakes.push(
      `${where}: it is a Date, which ${iso.name} never lets pass: that looks at text. Declare a string, or use @IsDate().`,
    );
  }
  if (planner.options.source === 'text' && (declared === Object || declared === undefined) && hydrate === undefined) {
    planner.mistakes.push(
      `${where}: its type is not known at run time, so that text cannot be made into it. Annotate it (page: number = 1), or give the type: @Type(() => Number).`,
    );
  }
  return {
    name,
    conditions: ofKind('conditionalValidation').map(
      ({ constraints }) => constraints![0] as (object: object, value: unknown) => boolean,
    ),
    checks,
    withContext: checks.filter(({ validation }) => Boolean(validation.context)),
    nested,
    isNestedRequired: planner.options.checksTypes,
    hydrate,
    valueCheck: planner.options.checksTypes ? valueCheck : undefined,
    isText: declared === String || (declared === Array && isTextList(recordedPropertyType(type, name))),
  };
}

/** Whether the items of a list are text, or of a type that is not known. */
function isTextList(given: (() => unknown) | undefined): boolean {
  if (given === undefined) return true;
  try {
    return given() === String;
  } catch {
    return true;
  }
}
