import type { Class } from '../../declarations/class.js';
import type { Mistakes } from '../../declarations/mistakes.js';
import { propertyTypeOf } from '../../declarations/reflect/reflect.js';
import { isSecret, recordedPropertyType } from '../../declarations/types/property-type.js';
import { loadUnknownType } from '../../declarations/types/unknown-type.lazy.js';
import { resolveType } from '../../types/lazy.js';
import { toPlannedValue } from '../planned-value.js';
import { findContradictions } from './contradictions.js';
import type { CheckPlan, ConditionPlan, NestedPlan, PropertyPlan } from './dto-plan.js';
import { isRequired } from './is-required.js';
import { planPropertyType } from './plan-property-type.js';
import type { Condition, RecordedCheck, RecordedValidation } from './recorded-check.js';
import { type ResolvedProperty, resolveProperty } from './resolve-property.js';
import { accessOf, plannedDefaultOf, type Sample } from './sample-instance.js';

/** What else decides which mistakes a class has. */
export interface DtoUse {
  /** Whether all values are text, whose conversion needs a type. */
  readonly isText: boolean;
  /** Whether properties must hold their declared types, even where no validator checks it. */
  readonly checksTypes: boolean;
  /** Whether constraints do not run on missing values, except `@IsDefined`. */
  readonly skipMissingProperties?: boolean | undefined;
}

/** A property, and what class-validator has recorded for it. */
export interface PropertyRecord {
  /** The class whose property it is. */
  readonly type: Class;
  readonly name: string;
  /** An instance of the class. */
  readonly sample: Sample;
  /** In the order in which they run. */
  readonly checks: readonly RecordedCheck[];
  readonly conditions: readonly RecordedValidation[];
  readonly nested: readonly RecordedValidation[];
}

/** Plans one property; `plan` gives the position of a nested class. */
export function planProperty(
  record: PropertyRecord,
  use: DtoUse,
  mistakes: Mistakes,
  plan: (type: Class) => number,
): PropertyPlan {
  const { type, name, sample, checks, nested } = record;
  const declared = propertyTypeOf(type, name);
  const before = mistakes.found.length;
  const given = givenTypeOf(recordedPropertyType(type, name), mistakes);
  const resolved = resolveProperty({ declared, given, checks, nested });
  const planned = planPropertyType(resolved, nested.length > 0, mistakes, plan);
  const access = accessOf(sample.instance, name);
  if (typeof name === 'symbol') {
    mistakes.add('misplaced-decorator', 'its name is a symbol, so no client can send it. Remove its validators.');
  }
  if (access.isUnreadable && checks.length + nested.length > 0) {
    mistakes.add(
      'setter-without-getter',
      'it has a setter only, so its validators cannot see the value. Add a getter.',
    );
  }
  const isFound = mistakes.found.length === before;
  if (isFound && nested.length === 0) checkKnown(resolved, declared, given, use, mistakes);
  const conditions = record.conditions.map(({ validation }) => validation.constraints![0] as Condition);
  if (isFound && use.checksTypes) findContradictions({ name, checks, conditions }, resolved, mistakes);
  const initial = access.isAccessor ? undefined : plannedDefaultOf(sample, name);
  return {
    name,
    ...planned,
    ...(initial === undefined &&
      !access.isReadOnly &&
      isRequired(record, use.skipMissingProperties) && { isRequired: true }),
    ...(initial !== undefined && { default: initial }),
    ...(checks.length > 0 && { checks: checks.map(planCheck) }),
    ...(record.conditions.length > 0 && { conditions: record.conditions.map(planCondition) }),
    ...(nested.length > 0 && { nested: nested.map(planDecorator) }),
    ...(access.isAccessor && { isAccessor: true }),
    ...(access.isReadOnly && { isReadOnly: true }),
    ...(isSecret(type, name) && { isSecret: true }),
  };
}

function planDecorator({ at, validation }: RecordedValidation): NestedPlan {
  const { each, groups, always, context } = validation;
  return {
    at,
    ...(each === true && { each }),
    ...(groups !== undefined && groups.length > 0 && { groups }),
    ...(always !== undefined && { always }),
    ...(Boolean(context) && { hasContext: true }),
  };
}

function planCheck(check: RecordedCheck): CheckPlan {
  const { name, entry, validation } = check;
  const args = validation.constraints ?? [];
  const given = args.slice(0, args.findLastIndex((arg) => arg !== undefined) + 1);
  return {
    name,
    ...planDecorator(check),
    ...(entry > 0 && { entry }),
    ...(Boolean(validation.message) && { hasMessage: true }),
    ...(given.length > 0 && { args: given.map((arg) => toPlannedValue(arg)) }),
    ...(validation.validateIf !== undefined && { hasCondition: true }),
  };
}

function planCondition({ at, validation }: RecordedValidation): ConditionPlan {
  return { at, ...(validation.name !== undefined && { name: validation.name }) };
}

/** The type of `@Type`; undefined without the decorator. */
function givenTypeOf(given: (() => unknown) | undefined, mistakes: Mistakes): unknown {
  if (given === undefined) return undefined;
  let type: unknown;
  try {
    type = resolveType(given());
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    mistakes.add('property-type-failed', `the function of its @Type throws: ${reason}. Correct the function.`);
    return String;
  }
  if (type === undefined) {
    mistakes.add(
      'property-type-failed',
      'the function of its @Type returns undefined. Check that the name is exported where files import each other.',
    );
    return String;
  }
  return type;
}

/** Adds a mistake where a value may need a conversion, and nothing says to what. */
function checkKnown(
  { collection, type }: ResolvedProperty,
  declared: unknown,
  given: unknown,
  { isText, checksTypes }: DtoUse,
  mistakes: Mistakes,
): void {
  if (collection !== undefined) return;
  const isImportType = declared === Function && given === undefined && (type === undefined || type === Object);
  const missing = isImportType
    ? 'importType'
    : type === undefined && checksTypes
      ? 'untold'
      : isText && (type === undefined || type === Object)
        ? 'text'
        : undefined;
  if (missing !== undefined) mistakes.add('property-type-unknown', loadUnknownType().UNKNOWN_TYPE[missing]);
}
