import { dropPrototypeKeys } from '../../http/body.js';
import type { Hydrator, ValueCheck, ValueFormat } from './class-plan.js';

/** The types of collections, and what each must be. */
const COLLECTIONS = new Map<unknown, ValueCheck>([
  [Array, { expected: 'an array', isEach: false, accepts: Array.isArray }],
  [Set, { expected: 'an array', isEach: false, accepts: (value) => value instanceof Set }],
  [Map, { expected: 'an object', isEach: false, accepts: (value) => value instanceof Map }],
]);

/** Whether a type is `Array`, `Set` or `Map`. */
export function isCollection(type: unknown): boolean {
  return COLLECTIONS.has(type);
}

/** Checks a collection and, where their type is known, its items. */
export function collectionCheck(declared: unknown, ofItem: ValueCheck | undefined): ValueCheck {
  const ofCollection = COLLECTIONS.get(declared)!;
  if (ofItem === undefined) return ofCollection;
  return {
    expected: ofItem.expected,
    isEach: true,
    accepts: (value) => ofCollection.accepts(value) && itemsOf(value).every((each) => ofItem.accepts(each)),
  };
}

function itemsOf(value: unknown): unknown[] {
  if (value instanceof Map) return [...value.values()];
  return [...(value as Iterable<unknown>)];
}

/** Converts a collection and, where their type is known, its items. */
export function collectionHydrator(declared: unknown, ofItem: Hydrator | undefined, format: ValueFormat): Hydrator {
  if (declared === Map) {
    return function hydrateMap(value, hydration, depth) {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
      const entries = Object.entries(value).map(
        ([key, each]) =>
          [key, ofItem === undefined ? dropPrototypeKeys(each) : ofItem(each, hydration, depth)] as const,
      );
      return new Map(entries);
    };
  }
  return function hydrateList(value, hydration, depth) {
    // In a query and in a form, a list of one looks like a scalar.
    const list = format !== 'json' && typeof value === 'string' ? [value] : value;
    if (!Array.isArray(list)) return value;
    const items = ofItem === undefined ? list : list.map((each) => ofItem(each, hydration, depth));
    if (ofItem === undefined) dropPrototypeKeys(items);
    return declared === Set ? new Set(items) : items;
  };
}
