import { type Class, nameOf } from '../../declarations/class.js';
import { propertyTypeOf } from '../../declarations/compiler-types.js';
import type { Mistakes } from '../../declarations/mistakes.js';
import { recordedPropertyType } from '../../declarations/property-type.js';
import type { ClassPlan, Planner, PlanOptions, PropertyPlan } from './class-plan.js';
import { constraintsOf, type PropertyValidation, validationsOf } from './class-validator-metadata.js';
import { createHydrator } from './hydrator.js';

/** Makes a planner for one way to use classes. */
export function createPlanner(options: PlanOptions, mistakes: Mistakes): Planner {
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

/** Constraints on text, which fail for every Date. */
const ISO_TEXT = ['isIso8601', 'isDateString', 'isRFC3339', 'isRfc3339'];

function planProperty(
  type: Class,
  name: string,
  validations: readonly PropertyValidation[],
  planner: Planner,
): PropertyPlan {
  const ofKind = (kind: string) => validations.filter((validation) => validation.type === kind);
  const mistakes = planner.mistakes.at({ dto: nameOf(type), property: name });
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
    { mistakes, declared, given: recordedPropertyType(type, name), isNested: nested.length > 0 },
    planner,
  );
  const iso = checks.find((check) => ISO_TEXT.includes(check.name));
  if (declared === Date && iso !== undefined) {
    mistakes.add(
      'text-validator-on-date',
      `its type is Date, but ${iso.name} checks text and rejects every Date. Use @IsDate(), or declare a string.`,
    );
  }
  if (planner.options.format === 'text' && (declared === Object || declared === undefined) && hydrate === undefined) {
    mistakes.add(
      'property-type-unknown',
      'its type is unknown at run time, so text cannot be converted to it. Annotate it (page: number = 1), or pass the type: @Type(() => Number).',
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

/** Whether the items of a list are text, or of an unknown type. */
function isTextList(given: (() => unknown) | undefined): boolean {
  if (given === undefined) return true;
  try {
    return given() === String;
  } catch {
    return true;
  }
}
