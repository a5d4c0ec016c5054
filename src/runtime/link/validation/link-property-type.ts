import { type Class, nameOf } from '../../declarations/class.js';
import type { PropertyValidation } from '../../declarations/class-validator-metadata.js';
import { propertyTypeOf } from '../../declarations/types/compiler-types.js';
import { recordedPropertyType } from '../../declarations/types/property-type.js';
import type { NestedType, PropertyPlan, TypeAddress, UnionPlan } from '../../plan/dto/dto-plan.js';
import type { Discriminator } from '../../types/discriminator.js';
import { resolveType } from '../../types/lazy.js';
import { oneOf } from '../../types/one-of.js';
import { INVALID, type TextType, textTypeOf } from '../../types/text-types.js';
import { StalePlan } from '../stale-plan.js';
import { collectionCheck, collectionHydrator } from './collection.js';
import { hydrateClass } from './hydrate-class.js';
import type { Hydrator, LinkedClass, LinkedProperty, ValueFormat } from './linked-class.js';
import { scalarOf } from './scalar-type.js';

/** Links classes: each once, so that a class may refer to itself. */
export interface Linker {
  readonly format: ValueFormat;
  /** Whether properties must hold their declared types, even where no validator checks it. */
  readonly checksTypes: boolean;
  /** Links a class to the plan at a position. */
  link(type: Class, dto: number): LinkedClass;
}

/** A property's class, and what class-validator has recorded for the class. */
export interface PropertyHoles {
  readonly type: Class;
  readonly validations: readonly PropertyValidation[];
}

type LinkedType = Pick<LinkedProperty, 'hydrate' | 'valueCheck'>;

const NO_CONVERSION: LinkedType = { hydrate: undefined, valueCheck: undefined };

/** Makes the functions that convert and check the values of a property. */
export function linkPropertyType(plan: PropertyPlan, holes: PropertyHoles, linker: Linker): LinkedType {
  const single = linkSingle(plan, holes, linker);
  const { collection, type, isInferred = false, isInferredList = false, hasLists = false } = plan;
  if (collection === undefined) return single;
  const { format, checksTypes } = linker;
  // The validators that tell these types check them as well.
  const isChecked = isInferred && (type === 'string' || type === 'boolean');
  return {
    hydrate: collectionHydrator(collection, single.hydrate, format, isInferredList && !checksTypes),
    valueCheck: collectionCheck(collection, isChecked ? undefined : single.valueCheck, hasLists),
  };
}

/** Links one value of a type that is not a collection. */
function linkSingle(plan: PropertyPlan, holes: PropertyHoles, linker: Linker): LinkedType {
  const { type } = plan;
  if (type === undefined || type === 'any') return NO_CONVERSION;
  const textType = scalarOf(type, linker.format);
  if (textType !== undefined) return linkScalar(textType, type === 'boolean', linker.format);
  if (typeof type === 'string') return NO_CONVERSION;
  if ('dto' in type) return linkNested(type, plan, holes, linker);
  if ('discriminator' in type) return linkUnion(type, plan, holes, linker);
  return linkScalar(recordedChoice(type.from, plan, holes), false, linker.format);
}

function linkScalar(textType: TextType, isBoolean: boolean, format: ValueFormat): LinkedType {
  return {
    hydrate: scalarHydrator(textType, isBoolean, format),
    valueCheck: { expected: textType.expected, isEach: false, accepts: textType.accepts },
  };
}

function scalarHydrator(textType: TextType, isBoolean: boolean, format: ValueFormat): Hydrator | undefined {
  const { convert } = textType;
  if (format === 'json') {
    if (!textType.isTextInJson) return undefined;
    return function hydrateScalar(value) {
      return typeof value === 'string' ? orUnconverted(convert(value), value) : value;
    };
  }
  const isCheckbox = format === 'form' && isBoolean;
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

/** The type that is recorded at an address. */
function recordedType(from: TypeAddress, { name }: PropertyPlan, { type, validations }: PropertyHoles): unknown {
  if (from === 'compiler') return propertyTypeOf(type, name);
  if (from !== 'type') return validations[from]?.constraints?.[0];
  let given = resolveType(recordedPropertyType(type, name)?.());
  while (Array.isArray(given)) given = given[0];
  return given;
}

function recordedChoice(from: TypeAddress, plan: PropertyPlan, holes: PropertyHoles): TextType {
  const type = recordedType(from, plan, holes);
  const values: unknown[] = Object.values((type ?? {}) as object);
  const present = values.filter((value) => value !== null && value !== undefined) as (string | number)[];
  return textTypeOf(type) ?? textTypeOf(oneOf(...present))!;
}

function linkNested({ dto, from }: NestedType, plan: PropertyPlan, holes: PropertyHoles, linker: Linker): LinkedType {
  const type = recordedType(from, plan, holes);
  if (typeof type !== 'function') throw new StalePlan(nameOf(holes.type));
  return {
    hydrate: classHydrator(linker.link(type as Class, dto)),
    // @ValidateNested lets an empty list pass, which is not an object.
    valueCheck: { expected: 'an object', isEach: false, accepts: (value) => value instanceof type },
  };
}

function classHydrator(linked: LinkedClass): Hydrator {
  return function hydrateNested(value, hydration, depth) {
    return hydrateClass(linked, value, hydration, depth + 1);
  };
}

function linkUnion(union: UnionPlan, plan: PropertyPlan, holes: PropertyHoles, linker: Linker): LinkedType {
  const { discriminator: key, members, from } = union;
  const { classes } = recordedType(from, plan, holes) as Discriminator;
  const hydrators = new Map<unknown, Hydrator>();
  for (const [value, dto] of Object.entries(members)) {
    hydrators.set(value, classHydrator(linker.link(classes[value]!, dto)));
  }
  const expected = `an object whose ${key} is one of the following values: ${Object.keys(members).join(', ')}`;
  const isMember = (value: unknown) => Object.values(classes).some((member) => value instanceof (member as never));
  return {
    hydrate: function hydrateUnion(value, hydration, depth) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return value;
      const selected = (value as Record<string, unknown>)[key];
      // The keys of an object are texts; JSON's value may be a number or a boolean.
      const text = typeof selected === 'number' || typeof selected === 'boolean' ? String(selected) : selected;
      const hydrator = hydrators.get(text);
      return hydrator === undefined ? value : hydrator(value, hydration, depth);
    },
    valueCheck: { expected, isEach: false, accepts: isMember },
  };
}
