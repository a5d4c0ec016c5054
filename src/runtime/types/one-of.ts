/** A union of literals, which leaves nothing at run time, said in a form that does. */
export class OneOf<T extends string | number> {
  readonly values: readonly T[];

  constructor(values: readonly T[]) {
    this.values = values;
  }
}

/**
 * A union of literals as a parameter's type.
 *
 * @param values strings or numbers, as they stand in the union
 * @example
 * ```ts
 * // list(@Query('order', oneOf('asc', 'desc')) order: 'asc' | 'desc' = 'asc')
 * ```
 */
export function oneOf<const T extends string | number>(...values: T[]): OneOf<T> {
  return new OneOf(values);
}
