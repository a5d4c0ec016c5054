import { oneOf } from '../../types/one-of.js';
import { textTypeOf } from '../../types/text-types.js';
import { kindOf, type ValueKind } from './constraint-kinds.js';
import type { TypeAddress } from './dto-plan.js';
import type { RecordedCheck, RecordedValidation } from './recorded-check.js';

/** What is known of a property, before its type is decided. */
export interface PropertyFacts {
  /** The type that the compiler has emitted. */
  readonly declared: unknown;
  /** The type of `@Type`; undefined without the decorator. */
  readonly given: unknown;
  readonly checks: readonly RecordedCheck[];
  /** Its `@ValidateNested`. */
  readonly nested: readonly RecordedValidation[];
}

/** The type of a property. */
export interface ResolvedProperty {
  /** `Array`, `Set` or `Map`; undefined for a single value. */
  readonly collection: unknown;
  /** The type of the value, or of each item; `Object` is any value as it came, undefined is unknown. */
  readonly type: unknown;
  /** Where the type is recorded. */
  readonly from: TypeAddress;
  /** Whether the collection is known from validators alone. */
  readonly isInferredList: boolean;
  /** Whether the type is known from validators alone. */
  readonly isInferred: boolean;
  /** Whether the items are declared to be lists themselves; even an empty one is then an item. */
  readonly hasLists: boolean;
}

/** What the compiler emits where it does not tell: unions with null, interfaces, and classes behind `import type`. */
const UNTOLD: readonly unknown[] = [undefined, Object, Function];

/** Decides the type of a property: `@Type`, else the compiler, else class-validator's own decorators. */
export function resolveProperty(facts: PropertyFacts): ResolvedProperty {
  const { declared, checks } = facts;
  const { item: given, levels } = unwrap(facts.given);
  const isTold = !UNTOLD.includes(declared);
  const isDeclaredList = levels > 0 || isCollection(declared);
  const isInferredList = !isDeclaredList && !isTold && looksLikeList(facts);
  const collection = isCollection(declared) ? declared : isDeclaredList || isInferredList ? Array : undefined;
  const hasLists = levels > 1 || checks.some((check) => kindOf(check) === 'list' && check.validation.each === true);
  const found = { collection, hasLists, isInferredList };
  if (given !== undefined) return asCollection({ ...found, type: given, from: 'type', isInferred: false });
  if (collection === undefined && isTold) return { ...found, type: declared, from: 'compiler', isInferred: false };
  const ofValue = checks.filter(({ validation }) => collection === undefined || validation.each === true);
  return asCollection({ ...found, ...inferType(ofValue), isInferred: true });
}

/** Whether a type is `Array`, `Set` or `Map`. */
export function isCollection(type: unknown): boolean {
  return type === Array || type === Set || type === Map;
}

/** `@Type(() => Set)` and `@IsInstance(Set)` name the collection itself. */
function asCollection(resolved: ResolvedProperty): ResolvedProperty {
  const { collection, type } = resolved;
  const isItself = isCollection(type) && (collection === undefined || collection === type);
  return isItself ? { ...resolved, collection: type, type: undefined } : resolved;
}

/** The type in the lists of a type, `[[Item]]`, and how many lists there are. */
function unwrap(type: unknown): { item: unknown; levels: number } {
  let item = type;
  let levels = 0;
  while (Array.isArray(item) && item.length === 1) {
    item = item[0];
    levels++;
  }
  return { item, levels };
}

function looksLikeList({ checks, nested }: PropertyFacts): boolean {
  if (checks.some((check) => kindOf(check) === 'list')) return true;
  return (nested.length > 0 ? nested : checks).some(({ validation }) => validation.each === true);
}

const TYPES: Record<Exclude<ValueKind, 'list'>, unknown> = {
  text: String,
  number: Number,
  boolean: Boolean,
  date: Date,
};

/** The type that validators tell, with the position of the one that does; undefined where they don't. */
function inferType(checks: readonly RecordedCheck[]): Pick<ResolvedProperty, 'type' | 'from'> {
  const found = new Map<unknown, number>();
  for (const check of checks) {
    const type = typeOfCheck(check);
    if (type !== undefined && !found.has(type)) found.set(type, check.at);
  }
  // The more specific one: @IsString() @IsEnum(Color), @IsObject() @IsInstance(Item).
  const specific = [...found.keys()].filter((type) => !GENERAL.includes(type));
  const candidates = specific.length > 0 ? specific : [...found.keys()];
  const [type] = candidates;
  if (candidates.length === 1) return { type, from: found.get(type)! };
  // Without a specific one such as a number or a string: JSON has both.
  return { type: specific.length === 0 && candidates.length > 1 ? Object : undefined, from: 'compiler' };
}

/** The types of JSON's own values. */
const GENERAL: readonly unknown[] = [String, Number, Boolean, Object];

function typeOfCheck(check: RecordedCheck): unknown {
  const kind = kindOf(check);
  if (kind !== undefined) return kind === 'list' ? undefined : TYPES[kind];
  const [first] = check.validation.constraints ?? [];
  switch (check.name) {
    case 'isEnum':
      return textTypeOf(first) === undefined ? typeOfValues(Object.values(first as object)) : first;
    case 'isIn':
      return Array.isArray(first) ? typeOfValues(first) : undefined;
    case 'equals':
      return typeOfValues([first]);
    case 'isInstance':
      return first;
    // Numbers and strings; an object; nothing but an empty value.
    case 'isLatitude':
    case 'isLongitude':
    case 'isObject':
    case 'isNotEmptyObject':
    case 'isEmpty':
      return Object;
    case 'isLatLong':
      return String;
    default:
      return undefined;
  }
}

/** The type of a list of literals. */
function typeOfValues(values: readonly unknown[]): unknown {
  const present = values.filter((value) => value !== null && value !== undefined);
  const names = new Set(present.map((value) => typeof value));
  if (names.size === 1) {
    const types: Partial<Record<string, unknown>> = {
      string: String,
      number: Number,
      boolean: Boolean,
      bigint: BigInt,
    };
    return types[[...names][0]!];
  }
  const isChoice = names.size === 2 && names.has('string') && names.has('number');
  return isChoice ? oneOf(...(present as (string | number)[])) : undefined;
}
