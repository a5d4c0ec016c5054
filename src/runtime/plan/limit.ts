/** A limit as JSON can say it: null for none, since JSON has no Infinity. */
export type Limit = number | null;

/** The limit that a number is. */
export function toLimit(value: number): Limit {
  return value === Number.POSITIVE_INFINITY ? null : value;
}

/** The number that a limit is. */
export function fromLimit(limit: Limit): number {
  return limit ?? Number.POSITIVE_INFINITY;
}
