import { type Class, nameOf } from '../../declarations/class.js';
import { propertyTypeOf } from '../../declarations/compiler-types.js';
import type { Mistakes } from '../../declarations/mistakes.js';
import { recordedPropertyType } from '../../declarations/property-type.js';
import { loadUnknownType } from '../../declarations/unknown-type.lazy.js';
import type { Check, ClassPlan, Planner, PlanOptions, PropertyPlan, ValueFormat } from './class-plan.js';
import { constraintsOf, type PropertyValidation, validationsOf } from './class-validator-metadata.js';
import { findContradictions } from './contradictions.js';
import { createHydrator, givenTypeOf } from './hydrator.js';
import { type ResolvedProperty, resolveProperty } from './resolve-property.js';
import { accessOf, createSample, isFree } from './sample-instance.js';

/** Makes a planner for one way to use classes. */
export function createPlanner(options: PlanOptions, mistakes: Mistakes): Planner {
  const byPrototype = new Map<object, ClassPlan>();
  const planner: Planner = {
    options,
    byPrototype,
    mistakes,
    plan(type) {
      const known = byPrototype.get(type.prototype as object);
      if (known !== undefined) return known;
      const sample = createSample(type, mistakes);
      const properties: PropertyPlan[] = [];
      const byName = new Map<string, PropertyPlan>();
      const plan: ClassPlan = {
        type: type as unknown as new () => object,
        name: type.name,
        properties,
        byName,
        mayKeep: (name) => isFree(sample, name),
      };
      byPrototype.set(type.prototype as object, plan);
      for (const [name, validations] of groupByProperty(validationsOf(type, options))) {
        const property = planProperty(type, sample, name, validations, planner);
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

function planProperty(
  type: Class,
  sample: object,
  name: string,
  validations: readonly PropertyValidation[],
  planner: Planner,
): PropertyPlan {
  const ofKind = (kind: string) => validations.filter((validation) => validation.type === kind);
  const mistakes = planner.mistakes.at({ dto: nameOf(type), property: name });
  const { checksTypes } = planner.options;
  const nested = ofKind('nestedValidation');
  const conditions = ofKind('conditionalValidation').map(
    ({ constraints }) => constraints![0] as (object: object, value: unknown) => boolean,
  );
  // As class-validator does, @IsDefined first, whatever the order of the decorators.
  const checks = [...ofKind('isDefined'), ...ofKind('customValidation')].flatMap((validation) =>
    constraintsOf(validation).map((entry) => ({
      validation,
      name: entry.name ?? validation.type,
      constraint: entry.instance,
    })),
  );
  const declared = propertyTypeOf(type, name);
  const before = mistakes.found.length;
  const given = givenTypeOf(recordedPropertyType(type, name), mistakes);
  const resolved = resolveProperty({ declared, given, checks, nested });
  const { hydrate, valueCheck } = createHydrator({ mistakes, resolved, isNested: nested.length > 0 }, planner);
  const access = accessOf(sample, name);
  if (access.isUnreadable && checks.length + nested.length > 0) {
    mistakes.add(
      'setter-without-getter',
      'it has a setter only, so its validators cannot see the value. Add a getter.',
    );
  }
  const isFound = mistakes.found.length === before;
  if (isFound && nested.length === 0) checkKnown(resolved, declared, given, planner, mistakes);
  if (isFound && checksTypes) findContradictions({ name, checks, conditions }, resolved, mistakes);
  return {
    name,
    conditions,
    checks,
    withContext: checks.filter(({ validation }) => Boolean(validation.context)),
    nested,
    isNestedRequired: checksTypes,
    hydrate,
    valueCheck: checksTypes ? valueCheck : undefined,
    isAccessor: access.isAccessor,
    isReadOnly: access.isReadOnly,
    takesBlank: takesBlank(resolved, validations, checks, planner.options.format),
  };
}

/** Whether an empty string is a value: of text, of a bare `?flag`, or of a list of text or of an unknown type. */
function takesBlank(
  { collection, type }: ResolvedProperty,
  validations: readonly PropertyValidation[],
  checks: readonly Check[],
  format: ValueFormat,
): boolean {
  if (type === Boolean) return format === 'text' && collection === undefined;
  if (type !== String) return collection !== undefined && type === undefined;
  // A blank e-mail field of a form: only @IsString() would accept it.
  const isOptional = validations.some(({ type, name }) => type === 'conditionalValidation' && name === 'isOptional');
  return !(
    format === 'form' &&
    collection === undefined &&
    isOptional &&
    checks.some(({ name }) => name !== 'isString')
  );
}

/** Adds a mistake where a value may need a conversion, and nothing says to what. */
function checkKnown(
  { collection, type }: ResolvedProperty,
  declared: unknown,
  given: unknown,
  { options: { format, checksTypes } }: Planner,
  mistakes: Mistakes,
): void {
  if (collection !== undefined) return;
  const isImportType = declared === Function && given === undefined && (type === undefined || type === Object);
  const missing = isImportType
    ? 'importType'
    : type === undefined && checksTypes
      ? 'untold'
      : format === 'text' && (type === undefined || type === Object)
        ? 'text'
        : undefined;
  if (missing !== undefined) mistakes.add('property-type-unknown', loadUnknownType().UNKNOWN_TYPE[missing]);
}
