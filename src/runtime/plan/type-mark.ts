import { Discriminator } from '../types/discriminator.js';
import { Lazy } from '../types/lazy.js';
import { OneOf } from '../types/one-of.js';

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
  if (type instanceof Lazy) return 'lazy';
  if (type instanceof Discriminator) return [type.key, Object.keys(type.classes)];
  return type instanceof OneOf ? [type.values] : type;
}
