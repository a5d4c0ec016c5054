import { brand } from '../identity/brand.js';
/** A union of literals that exists at run time. */
export class OneOf<T extends string | number> {
  readonly values: readonly T[];

  constructor(values: readonly T[]) {
    this.values = values;
  }
}

brand(OneOf, 'OneOf');

/**
 * The type of a parameter that is a union of literals, for which the compiler emits no metadata. Any other value is a
 * 400.
 *
 * @param values the strings and numbers of the union
 * @example
 * ```ts
 * @Get()
 * list(@Query('order', oneOf('asc', 'desc')) order: 'asc' | 'desc' = 'asc') { … }
 * ```
 */
export function oneOf<const T extends string | number>(...values: T[]): OneOf<T> {
  return new OneOf(values);
}
