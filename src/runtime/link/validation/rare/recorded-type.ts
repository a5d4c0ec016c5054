import { type Class, nameOf } from '../../../declarations/class.js';
import { propertyTypeOf } from '../../../declarations/reflect/reflect.js';
import { recordedPropertyType } from '../../../declarations/types/property-type.js';
import type { NestedType, PropertyPlan, TypeAddress, UnionPlan } from '../../../plan/dto/dto-plan.js';
import type { Discriminator } from '../../../types/discriminator.js';
import { resolveType } from '../../../types/lazy.js';
import { oneOf } from '../../../types/one-of.js';
import { type TextType, textTypeOf } from '../../../types/text-types.js';
import { StalePlan } from '../../stale-plan.js';
import { hydrateClass } from '../hydrate-class.js';
import type { Hydrator, LinkedClass, Linker } from '../linked-class.js';
import { linkScalar, type PropertyHoles, type SingleType } from './link-scalar.js';

/** A type that the plan only says where to find: a class, one of several, or the values of an enum. */
type RecordedType = Exclude<NonNullable<PropertyPlan['type']>, string>;

/** Links a type that has been recorded. */
export function linkRecordedType(
  type: RecordedType,
  plan: PropertyPlan,
  holes: PropertyHoles,
  linker: Linker,
): SingleType {
  if ('dto' in type) return linkNested(type, plan, holes, linker);
  if ('discriminator' in type) return linkUnion(type, plan, holes, linker);
  return linkScalar(recordedChoice(type.from, plan, holes), false, linker.format);
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

function linkNested({ dto, from }: NestedType, plan: PropertyPlan, holes: PropertyHoles, linker: Linker): SingleType {
  const type = recordedType(from, plan, holes);
  if (typeof type !== 'function') throw new StalePlan(nameOf(holes.type));
  return {
    hydrate: classHydrator(linker.link(type as Class, dto, linker)),
    // @ValidateNested lets an empty list pass, which is not an object.
    valueCheck: { expected: 'an object', isEach: false, accepts: (value) => value instanceof type },
  };
}

function classHydrator(linked: LinkedClass): Hydrator {
  return function hydrateNested(value, hydration, depth) {
    return hydrateClass(linked, value, hydration, depth + 1);
  };
}

function linkUnion(union: UnionPlan, plan: PropertyPlan, holes: PropertyHoles, linker: Linker): SingleType {
  const { discriminator: key, members, from } = union;
  const { classes } = recordedType(from, plan, holes) as Discriminator;
  const hydrators = new Map<unknown, Hydrator>();
  for (const [value, dto] of Object.entries(members)) {
    hydrators.set(value, classHydrator(linker.link(classes[value]!, dto, linker)));
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
