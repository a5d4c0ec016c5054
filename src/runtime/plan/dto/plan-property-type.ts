import { type Class, nameOf } from '../../declarations/class.js';
import { isValidated } from '../../declarations/class-validator-metadata.js';
import type { Mistakes } from '../../declarations/mistakes.js';
import { loadUnknownType } from '../../declarations/types/unknown-type.lazy.js';
import { type Discriminator, isDiscriminator } from '../../types/discriminator.js';
import { scalarTypeOf } from '../../types/scalar-type.js';
import type { PropertyPlan, PropertyType, TypeAddress } from './dto-plan.js';
import type { ResolvedProperty } from './resolve-property.js';

const COLLECTIONS = new Map<unknown, PropertyPlan['collection']>([
  [Array, 'array'],
  [Set, 'set'],
  [Map, 'map'],
]);

/** The types whose values are neither converted nor checked. */
const UNCONVERTED: readonly unknown[] = [undefined, Object, Function, Symbol, Promise];

/** What a plan says of a property's type. */
type PlannedType = Pick<PropertyPlan, 'type' | 'collection' | 'hasLists' | 'isInferred' | 'isInferredList'>;

/** Says a property's type as JSON; adds a mistake where its values cannot be made and checked. */
export function planPropertyType(
  { collection, type, from, hasLists, isInferred, isInferredList }: ResolvedProperty,
  isNested: boolean,
  mistakes: Mistakes,
  plan: (type: Class) => number,
): PlannedType {
  const planned = planType(type, { from, isNested, mistakes, plan });
  return {
    ...(planned !== undefined && { type: planned }),
    ...(collection !== undefined && { collection: COLLECTIONS.get(collection)! }),
    ...(hasLists && { hasLists }),
    ...(isInferred && planned !== undefined && { isInferred }),
    ...(isInferredList && { isInferredList }),
  };
}

/** What is known of a type beside itself. */
interface Typing {
  readonly from: TypeAddress;
  /** Whether the property has `@ValidateNested`. */
  readonly isNested: boolean;
  readonly mistakes: Mistakes;
  readonly plan: (type: Class) => number;
}

function planType(type: unknown, typing: Typing): PropertyType | undefined {
  const { from, isNested, mistakes, plan } = typing;
  if (UNCONVERTED.includes(type)) {
    if (isNested) mistakes.add('property-type-unknown', loadUnknownType().UNKNOWN_TYPE.nested);
    return type === undefined ? undefined : 'any';
  }
  const scalar = scalarTypeOf(type);
  if (typeof scalar === 'string') return scalar;
  const choice = scalar?.choice;
  if (choice !== undefined) return { choice: choice.every(isSayable) ? choice : null, from };
  if (isDiscriminator(type)) return planUnion(type, typing);
  if (isValidated(type)) {
    if (!isNested) {
      mistakes.add(
        'missing-validate-nested',
        `the class ${nameOf(type)} has validators, but they do not run. Add @ValidateNested().`,
      );
    }
    return { dto: plan(type), from };
  }
  if (typeof type === 'function') {
    mistakes.add(
      'class-without-validators',
      `the class ${nameOf(type)} has no validators, so any value would pass. Decorate its properties with class-validator, or declare this property as a record.`,
    );
  }
  return 'any';
}

/** Whether JSON has the value, and gives it back as it was. */
function isSayable(value: unknown): boolean {
  return typeof value === 'number'
    ? Number.isFinite(value) && !Object.is(value, -0)
    : typeof value === 'string' || typeof value === 'boolean';
}

function planUnion(type: Discriminator, { from, mistakes, plan }: Typing): PropertyType {
  const members = Object.entries(type.classes).flatMap(([key, member]) => {
    if (isValidated(member)) return [[key, plan(member)] as const];
    mistakes.add(
      'class-without-validators',
      `the class ${nameOf(member)} of its discriminator has no validators, so any value would pass. Decorate its properties with class-validator.`,
    );
    return [];
  });
  return { discriminator: type.key, members: Object.fromEntries(members), from };
}
