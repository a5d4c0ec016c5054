/** Checks that a value has the declared type. */
export interface ValueCheck {
  /** What a value must be, for issues: `a string`. */
  readonly expected: string;
  /** Whether the issue is about each value of a list. */
  readonly isEach: boolean;
  /** Where it checks the items of a collection: the check of the collection itself, whose issue comes first. */
  readonly ofWhole?: ValueCheck;
  accepts(value: unknown): boolean;
}

/** The checks of what most properties are in JSON; an entry for `any` says that any value is one. */
export const JSON_CHECKS: Readonly<Record<'string' | 'number' | 'boolean' | 'array', ValueCheck>> & {
  readonly any: undefined;
} = {
  string: { expected: 'a string', isEach: false, accepts: isString },
  // JSON.parse gives Infinity for `1e999`.
  number: { expected: 'a number', isEach: false, accepts: Number.isFinite },
  boolean: { expected: 'true or false', isEach: false, accepts: isBoolean },
  array: { expected: 'an array', isEach: false, accepts: Array.isArray },
  any: undefined,
};

function isString(value: unknown): boolean {
  return typeof value === 'string';
}

function isBoolean(value: unknown): boolean {
  return typeof value === 'boolean';
}
