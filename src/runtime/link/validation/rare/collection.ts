import { dropPrototypeKeys } from '../../../http/body/prototype-keys.js';
import type { PropertyPlan } from '../../../plan/dto/dto-plan.js';
import { JSON_CHECKS, type ValueCheck } from '../../../types/value-check.js';
import type { Hydrator, ValueFormat } from '../linked-class.js';
import { leaveTooDeep } from './late-values.js';

type Collection = NonNullable<PropertyPlan['collection']>;

/** What each kind of collection must be. */
const COLLECTIONS: Readonly<Record<Collection, ValueCheck>> = {
  array: JSON_CHECKS.array,
  set: { expected: 'an array', isEach: false, accepts: (value) => value instanceof Set },
  map: { expected: 'an object', isEach: false, accepts: (value) => value instanceof Map },
};

/** The deepest nesting of lists in lists. */
const MAX_LISTS = 64;

/**
 * Checks a collection and, where their type is known, its items. A list may hold lists of items, as deep as they come; an
 * empty one counts as an item only where `hasLists` says that the items are lists.
 */
export function collectionCheck(declared: Collection, ofItem: ValueCheck | undefined, hasLists: boolean): ValueCheck {
  const ofCollection = COLLECTIONS[declared];
  if (ofItem === undefined) return ofCollection;
  const acceptsItem = (item: unknown, level: number): boolean => {
    if (!Array.isArray(item) || level > MAX_LISTS) return ofItem.accepts(item);
    return (item.length > 0 || hasLists) && item.every((each) => acceptsItem(each, level + 1));
  };
  return {
    expected: ofItem.expected,
    isEach: true,
    ofWhole: ofCollection,
    accepts: (value) => ofCollection.accepts(value) && itemsOf(value).every((each) => acceptsItem(each, 0)),
  };
}

function itemsOf(value: unknown): unknown[] {
  if (value instanceof Map) return [...value.values()];
  return [...(value as Iterable<unknown>)];
}

/**
 * Converts a collection and, where their type is known, its items. A value that is not a list stays as it is; with
 * `isLoose` it is converted as an item, and the validators decide.
 */
export function collectionHydrator(
  declared: Collection,
  ofItem: Hydrator | undefined,
  format: ValueFormat,
  isLoose: boolean,
): Hydrator {
  const ofEach = ofItem === undefined ? undefined : itemHydrator(ofItem, format);
  if (declared === 'map') {
    return function hydrateMap(value, hydration, depth) {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
      const entries = Object.entries(value).map(
        ([key, each]) =>
          [key, ofEach === undefined ? dropPrototypeKeys(each) : ofEach(each, hydration, depth)] as const,
      );
      return new Map(entries);
    };
  }
  return function hydrateList(value, hydration, depth) {
    // In a query and in a form, a list of one looks like a scalar.
    const list = format !== 'json' && typeof value === 'string' ? [value] : format === 'form' ? asList(value) : value;
    if (!Array.isArray(list)) return isLoose && ofEach !== undefined ? ofEach(value, hydration, depth) : value;
    const items = ofEach === undefined ? list : list.map((each) => ofEach(each, hydration, depth));
    if (ofEach === undefined) dropPrototypeKeys(items);
    return declared === 'set' ? new Set(items) : items;
  };
}

/** Converts an item, or the items of a list in a list, as deep as they come. */
function itemHydrator(ofItem: Hydrator, format: ValueFormat): Hydrator {
  const hydrateItem: Hydrator = (value, hydration, depth) => {
    const list = format === 'form' ? asList(value) : value;
    if (!Array.isArray(list)) return ofItem(value, hydration, depth);
    if (depth > hydration.maxDepth) return leaveTooDeep(list, hydration);
    return list.map((each) => hydrateItem(each, hydration, depth + 1));
  };
  return hydrateItem;
}

/**
 * The names `qty[0]` and `qty[1]` of a form can be the items of a list or the keys of a `Map`. Where a list is declared,
 * an object whose names are all indexes is one, in their order and without gaps; any other value stays as it is.
 */
function asList(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const keys = Object.keys(value);
  if (keys.length === 0 || !keys.every((key) => /^\d+$/.test(key))) return value;
  return keys.sort((a, b) => Number(a) - Number(b)).map((key) => (value as Record<string, unknown>)[key]);
}
