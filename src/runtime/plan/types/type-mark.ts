import type { Discriminator } from '../../types/discriminator.js';
import { resolveType } from '../../types/lazy.js';
import type { OneOf } from '../../types/one-of.js';
import { rawBodyTypeOf } from '../../types/raw-body-type.js';
import { isSchema } from '../../types/standard-schema.js';
import { kindOf } from '../../types/type-object.js';

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
  switch (kindOf(type)) {
    case 'lazy':
      return lazyMark(() => type);
    case 'discriminator':
      return [(type as Discriminator).key, Object.keys((type as Discriminator).classes)];
    case 'one-of':
      return [(type as OneOf<string | number>).values];
    default:
      return type;
  }
}

/** The mark of a type that a function gives. */
export function lazyMark(get: () => unknown): unknown {
  try {
    return [typeMark(resolveType(get()))];
  } catch {
    return ['throws'];
  }
}
