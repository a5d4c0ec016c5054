import { nameOf } from '../../declarations/class.js';
import type { Mistakes } from '../../declarations/mistakes.js';
import { loadUnknownType } from '../../declarations/unknown-type.lazy.js';
import { Discriminator } from '../../types/discriminator.js';
import { resolveType } from '../../types/lazy.js';
import { INVALID, type TextType, textTypeOf } from '../../types/text-types.js';
import type { ClassPlan, Hydrator, Planner, ValueCheck, ValueFormat } from './class-plan.js';
import { isValidated } from './class-validator-metadata.js';
import { collectionCheck, collectionHydrator } from './collection.js';
import { hydrateClass } from './hydrate-class.js';
import type { ResolvedProperty } from './resolve-property.js';

/** A property whose values are to be converted and checked. */
interface TypedProperty {
  /** Adds mistakes at the property's place. */
  readonly mistakes: Mistakes;
  /** The type of `@Type`, the compiler or the validators. */
  readonly resolved: ResolvedProperty;
  /** Whether the property has `@ValidateNested`. */
  readonly isNested: boolean;
}

interface PlannedType {
  readonly hydrate: Hydrator | undefined;
  readonly valueCheck: ValueCheck | undefined;
}

const NO_CONVERSION: PlannedType = { hydrate: undefined, valueCheck: undefined };

/** The types whose values are neither converted nor checked. */
const UNCONVERTED_TYPES: readonly unknown[] = [undefined, Object, Function, Symbol, Promise];

/** Decides, at startup, how the values of a property are converted and checked. */
export function createHydrator(property: TypedProperty, planner: Planner): PlannedType {
  const { collection, type, isInferred, isInferredList, hasLists } = property.resolved;
  const isUnknown = UNCONVERTED_TYPES.includes(type);
  if (isUnknown && property.isNested)
    property.mistakes.add('property-type-unknown', loadUnknownType().UNKNOWN_TYPE.nested);
  const single = isUnknown ? NO_CONVERSION : planSingle(type, property, planner);
  if (collection === undefined) return single;
  const { format, checksTypes } = planner.options;
  // The validators that tell these types check them as well.
  const isChecked = isInferred && (type === String || type === Boolean);
  return {
    hydrate: collectionHydrator(collection, single.hydrate, format, isInferredList && !checksTypes),
    valueCheck: collectionCheck(collection, isChecked ? undefined : single.valueCheck, hasLists),
  };
}

/** The type of `@Type`; undefined without the decorator. */
export function givenTypeOf(given: (() => unknown) | undefined, mistakes: Mistakes): unknown {
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

/** Plans one value of a type that is not a collection. */
function planSingle(type: unknown, { mistakes, isNested }: TypedProperty, planner: Planner): PlannedType {
  const textType = textTypeOf(type);
  if (textType !== undefined) {
    return {
      hydrate: scalarHydrator(textType, type, planner.options.format),
      valueCheck: { expected: textType.expected, isEach: false, accepts: textType.accepts },
    };
  }
  if (type instanceof Discriminator) return planUnion(type, mistakes, planner);
  if (isValidated(type)) {
    if (!isNested) {
      mistakes.add(
        'missing-validate-nested',
        `the class ${nameOf(type)} has validators, but they do not run. Add @ValidateNested().`,
      );
    }
    return {
      hydrate: classHydrator(planner.plan(type)),
      // @ValidateNested lets an empty list pass, which is not an object.
      valueCheck: { expected: 'an object', isEach: false, accepts: (value) => value instanceof type },
    };
  }
  if (typeof type === 'function') {
    mistakes.add(
      'class-without-validators',
      `the class ${nameOf(type)} has no validators, so any value would pass. Decorate its properties with class-validator, or declare this property as a record.`,
    );
  }
  return NO_CONVERSION;
}

function scalarHydrator(textType: TextType, type: unknown, format: ValueFormat): Hydrator | undefined {
  const { convert } = textType;
  if (format === 'json') {
    if (!textType.isTextInJson) return undefined;
    return function hydrateScalar(value) {
      return typeof value === 'string' ? orUnconverted(convert(value), value) : value;
    };
  }
  const isCheckbox = format === 'form' && type === Boolean;
  return function hydrateText(value) {
    const text = Array.isArray(value) ? value[0] : value;
    if (typeof text !== 'string') return value;
    // What browsers send for a checkbox without a value of its own.
    if (isCheckbox && text === 'on') return true;
    return orUnconverted(convert(text), text);
  };
}

function orUnconverted(converted: unknown, value: unknown): unknown {
  return converted === INVALID ? value : converted;
}

function classHydrator(plan: ClassPlan): Hydrator {
  return function hydrateNested(value, hydration, depth) {
    return hydrateClass(plan, value, hydration, depth + 1);
  };
}

function planUnion(type: Discriminator, mistakes: Mistakes, planner: Planner): PlannedType {
  const hydrators = new Map<unknown, Hydrator>();
  for (const [key, member] of Object.entries(type.classes)) {
    if (isValidated(member)) hydrators.set(key, classHydrator(planner.plan(member)));
    else {
      mistakes.add(
        'class-without-validators',
        `the class ${nameOf(member)} of its discriminator has no validators, so any value would pass. Decorate its properties with class-validator.`,
      );
    }
  }
  const expected = `an object whose ${type.key} is one of the following values: ${Object.keys(type.classes).join(', ')}`;
  const isMember = (value: unknown) => Object.values(type.classes).some((member) => value instanceof (member as never));
  return {
    hydrate: function hydrateUnion(value, hydration, depth) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, type.key)) return value;
      const key = (value as Record<string, unknown>)[type.key];
      // The keys of an object are texts; JSON's value may be a number or a boolean.
      const hydrator = hydrators.get(typeof key === 'number' || typeof key === 'boolean' ? String(key) : key);
      return hydrator === undefined ? value : hydrator(value, hydration, depth);
    },
    valueCheck: { expected, isEach: false, accepts: isMember },
  };
}
