import { kindOf, typeObject } from './type-object.js';

/** A union of literals that exists at run time. */
export interface OneOf<T extends string | number> {
  readonly values: readonly T[];
}

/** Whether a type is a union of literals. */
export function isOneOf(type: unknown): type is OneOf<string | number> {
  return kindOf(type) === 'one-of';
}

/**
 * The type of a parameter that is a union of literals, for which the compiler emits no metadata. Any other value is a
 * 400.
 *
 * @param values the strings and numbers of the union, at least one
 * @throws TypeError without values, such as those of a setting that is empty
 * @example
 * ```ts
 * @Get()
 * list(@Query('order', oneOf('asc', 'desc')) order: 'asc' | 'desc' = 'asc') { … }
 * ```
 */
export function oneOf<const T extends string | number>(...values: T[]): OneOf<T>;
// TypeScript infers no union of strings and numbers for one type.
export function oneOf<const S extends string, const N extends number>(...values: (S | N)[]): OneOf<S | N>;
export function oneOf(...values: (string | number)[]): OneOf<string | number> {
  if (values.length === 0) {
    throw new TypeError("oneOf() needs values, since no request would have an allowed one: oneOf('asc', 'desc').");
  }
  return typeObject('one-of', { values });
}
