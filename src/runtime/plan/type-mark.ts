import { Discriminator } from '../types/discriminator.js';
import { Lazy, resolveType } from '../types/lazy.js';
import { OneOf } from '../types/one-of.js';
import { rawBodyTypeOf } from '../types/raw-body-type.js';
import { isSchema } from '../types/standard-schema.js';

/** The constructors that decide what a value is converted to. A class of the app may have another name after bundling. */
const NAMED: ReadonlySet<unknown> = new Set<unknown>([
  String,
  Number,
  Boolean,
  Date,
  BigInt,
  URL,
  Array,
  Set,
  Map,
  Object,
  Function,
  Symbol,
  Promise,
]);

/** A type as plain data. Schemas are all alike, and so are classes of the app: a class has a fingerprint of its own. */
export function typeMark(type: unknown): unknown {
  if (isSchema(type)) return 'schema';
  if (typeof type === 'function') return NAMED.has(type) ? type.name : (rawBodyTypeOf(type) ?? 'class');
  if (Array.isArray(type)) return type.map(typeMark);
  if (type instanceof Lazy) return lazyMark(() => type);
  if (type instanceof Discriminator) return [type.key, Object.keys(type.classes)];
  return type instanceof OneOf ? [type.values] : type;
}

/** The mark of a type that a function gives. */
export function lazyMark(get: () => unknown): unknown {
  try {
    return [typeMark(resolveType(get()))];
  } catch {
    return ['throws'];
  }
}
