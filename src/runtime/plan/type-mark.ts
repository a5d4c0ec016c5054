import type { Discriminator } from '../types/discriminator.js';
import type { OneOf } from '../types/one-of.js';
import { kindOf } from '../types/type-object.js';

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

/** A type as plain data. */
export function typeMark(type: unknown): unknown {
  if (typeof type === 'function') return NAMED.has(type) ? type.name : 'class';
  if (Array.isArray(type)) return type.map(typeMark);
  switch (kindOf(type)) {
    case 'lazy':
      return 'lazy';
    case 'discriminator':
      return [(type as Discriminator).key, Object.keys((type as Discriminator).classes)];
    case 'one-of':
      return [(type as OneOf<string | number>).values];
    default:
      return type;
  }
}
