import { nameOf } from '../../declarations/class.js';
import { dropPrototypeKeys } from '../../http/body.js';
import { Discriminator } from '../../types/discriminator.js';
import { resolveType } from '../../types/lazy.js';
import { INVALID, type TextType, textTypeOf } from '../../types/text-types.js';
import type { ClassPlan, Planner, ValueSource } from './class-plan.js';
import { isValidated } from './class-validator-metadata.js';
import { type Hydration, hydrateClass } from './hydrate-class.js';

/** Makes the declared type of a parsed value; gives the value back where it cannot. */
export type Hydrator = (value: unknown, hydration: Hydration, depth: number) => unknown;

/** Whether a value is of the declared type, and what to say where it is not. */
export interface ValueCheck {
  /** `a string`, or `each value` with `isEach`. */
  readonly expected: string;
  readonly isEach: boolean;
  accepts(value: unknown): boolean;
}

/** What is known of a property's type. */
interface PropertyType {
  readonly where: string;
  /** By the compiler. */
  readonly declared: unknown;
  /** By `@Type`. */
  readonly given: (() => unknown) | undefined;
  /** Whether it is under `@ValidateNested`. */
  readonly isNested: boolean;
}

interface PlannedType {
  readonly hydrate: Hydrator | undefined;
  readonly valueCheck: ValueCheck | undefined;
}

const UNKNOWN: PlannedType = { hydrate: undefined, valueCheck: undefined };

/** Types whose values are what they are, and need nothing made of them. */
const AS_THEY_ARE: readonly unknown[] = [undefined, Object, Function, Symbol, Promise];

/** Decides, at startup, what is made of a property's values. */
export function createHydrator(property: PropertyType, planner: Planner): PlannedType {
  const { declared } = property;
  const item = itemTypeOf(property, planner);
  if (declared === Array || declared === Set || declared === Map) return collection(property, item, planner);
  const type = item ?? declared;
  if (AS_THEY_ARE.includes(type)) {
    if (property.isNested) complainOfNested(property, planner);
    return UNKNOWN;
  }
  return single(type, property, planner);
}

/** What `@Type` gives; undefined where there is none. */
function itemTypeOf({ where, given }: PropertyType, planner: Planner): unknown {
  if (given === undefined) return undefined;
  let type: unknown;
  try {
    type = resolveType(given());
  } catch (error) {
    planner.mistakes.push(`${where}: its @Type fails: ${error instanceof Error ? error.message : String(error)}.`);
    return String;
  }
  if (type === undefined) {
    planner.mistakes.push(
      `${where}: its @Type gives undefined. Where two files import each other, check that the name is exported.`,
    );
  }
  return type;
}

function complainOfNested({ where }: PropertyType, planner: Planner): void {
  planner.mistakes.push(
    `${where}: @ValidateNested needs to know the class, and the type leaves none at run time. Say it: @Type(() => Item).`,
  );
}

/** One value of a type that is no collection. */
function single(type: unknown, { where, isNested }: PropertyType, planner: Planner): PlannedType {
  const textType = textTypeOf(type);
  if (textType !== undefined) {
    return {
      hydrate: scalarHydrator(textType, type, planner.options.source),
      valueCheck: { expected: textType.expected, isEach: false, accepts: textType.accepts },
    };
  }
  if (type instanceof Discriminator) return union(type, where, planner);
  if (isValidated(type)) {
    if (!isNested) {
      planner.mistakes.push(
        `${where}: the class ${nameOf(type)} has validators, and nothing calls them. Add @ValidateNested().`,
      );
    }
    return {
      hydrate: classHydrator(planner.plan(type)),
      // An empty list has nothing in it that @ValidateNested would refuse.
      valueCheck: { expected: 'an object', isEach: false, accepts: (value) => value instanceof type },
    };
  }
  if (typeof type === 'function') {
    planner.mistakes.push(
      `${where}: the class ${nameOf(type)} has no validators, so that anything would pass. Decorate its properties with class-validator, or declare the property as a record.`,
    );
  }
  return UNKNOWN;
}

function scalarHydrator(textType: TextType, type: unknown, source: ValueSource): Hydrator | undefined {
  const { convert } = textType;
  if (source === 'json') {
    if (!textType.isTextInJson) return undefined;
    return (value) => (typeof value === 'string' ? orAsItIs(convert(value), value) : value);
  }
  const isCheckbox = source === 'form' && type === Boolean;
  return (value) => {
    const text = Array.isArray(value) ? value[0] : value;
    if (typeof text !== 'string') return value;
    // What browsers send for a checkbox without a value of its own.
    if (isCheckbox && text === 'on') return true;
    return orAsItIs(convert(text), text);
  };
}

function orAsItIs(converted: unknown, value: unknown): unknown {
  return converted === INVALID ? value : converted;
}

function classHydrator(plan: ClassPlan): Hydrator {
  return (value, hydration, depth) => hydrateClass(plan, value, hydration, depth + 1);
}

function union(type: Discriminator, where: string, planner: Planner): PlannedType {
  const hydrators = new Map<unknown, Hydrator>();
  for (const [key, member] of Object.entries(type.classes)) {
    if (isValidated(member)) hydrators.set(key, classHydrator(planner.plan(member)));
    else {
      planner.mistakes.push(
        `${where}: the class ${nameOf(member)} of discriminator has no validators, so that anything would pass. Decorate its properties with class-validator.`,
      );
    }
  }
  const expected = `an object whose ${type.key} is one of the following values: ${Object.keys(type.classes).join(', ')}`;
  const isMember = (value: unknown) => Object.values(type.classes).some((member) => value instanceof (member as never));
  return {
    hydrate(value, hydration, depth) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, type.key)) return value;
      const hydrator = hydrators.get((value as Record<string, unknown>)[type.key]);
      return hydrator === undefined ? value : hydrator(value, hydration, depth);
    },
    valueCheck: { expected, isEach: false, accepts: isMember },
  };
}

function collection(property: PropertyType, item: unknown, planner: Planner): PlannedType {
  const { declared, isNested, where } = property;
  if (item === undefined) {
    if (isNested) complainOfNested(property, planner);
    return { hydrate: containerHydrator(declared, undefined, planner.options.source), valueCheck: container(declared) };
  }
  const planned = single(item, { where, declared: item, given: undefined, isNested }, planner);
  const own = container(declared);
  const ofItem = planned.valueCheck;
  return {
    hydrate: containerHydrator(declared, planned.hydrate, planner.options.source),
    valueCheck:
      ofItem === undefined
        ? own
        : {
            expected: ofItem.expected,
            isEach: true,
            accepts: (value) => own.accepts(value) && itemsOf(value).every((each) => ofItem.accepts(each)),
          },
  };
}

const CONTAINERS = new Map<unknown, ValueCheck>([
  [Array, { expected: 'an array', isEach: false, accepts: Array.isArray }],
  [Set, { expected: 'an array', isEach: false, accepts: (value) => value instanceof Set }],
  [Map, { expected: 'an object', isEach: false, accepts: (value) => value instanceof Map }],
]);

function container(declared: unknown): ValueCheck {
  return CONTAINERS.get(declared)!;
}

function itemsOf(value: unknown): unknown[] {
  if (value instanceof Map) return [...value.values()];
  return [...(value as Iterable<unknown>)];
}

function containerHydrator(declared: unknown, ofItem: Hydrator | undefined, source: ValueSource): Hydrator {
  if (declared === Map) {
    return (value, hydration, depth) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
      const entries = Object.entries(value).map(
        ([key, each]) =>
          [key, ofItem === undefined ? dropPrototypeKeys(each) : ofItem(each, hydration, depth)] as const,
      );
      return new Map(entries);
    };
  }
  return (value, hydration, depth) => {
    // A list of one looks like a scalar in a query and in a form.
    const list = source !== 'json' && typeof value === 'string' ? [value] : value;
    if (!Array.isArray(list)) return value;
    const items = ofItem === undefined ? list : list.map((each) => ofItem(each, hydration, depth));
    if (ofItem === undefined) dropPrototypeKeys(items);
    return declared === Set ? new Set(items) : items;
  };
}
