/** The values that an option accepts. */
export interface ValueKind {
  /** The expected value, for the message about another one: "a string". */
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
}

/** The options of a nested object. */
export interface ObjectKind {
  readonly of: Shape;
  /** Options that the object must have. Default: none. */
  readonly required?: readonly string[];
  /** Other values than an object. Default: none. */
  readonly or?: ValueKind;
}

/** A list of objects. */
export interface ListKind {
  readonly list: ObjectKind;
}

/** Objects by names that the user chooses. */
export interface NamedKind {
  readonly named: ObjectKind;
  /** What a name may be. */
  readonly name: ValueKind;
}

/** The options of an object in the config: the kind of each value, or the options of a nested object. */
export interface Shape {
  readonly [key: string]: ValueKind | ObjectKind | ListKind | NamedKind;
}

const isText = (value: unknown): value is string => typeof value === 'string';

export const text: ValueKind = { expected: 'a string', accepts: isText };

export const texts: ValueKind = {
  expected: 'an array of strings',
  accepts: (value) => Array.isArray(value) && value.every(isText),
};

export const flag: ValueKind = { expected: 'true or false', accepts: (value) => typeof value === 'boolean' };

/** One of some strings. */
export const oneOf = (...values: readonly string[]): ValueKind => ({
  expected: `one of ${values.map((value) => JSON.stringify(value)).join(', ')}`,
  accepts: (value) => values.includes(value as string),
});

/** A whole number in a range, of a unit. */
export const whole = (from: number, to: number, unit: string): ValueKind => ({
  expected: `a whole number of ${unit} from ${from} to ${to}`,
  accepts: (value) => Number.isInteger(value) && (value as number) >= from && (value as number) <= to,
});

/** A string of a form. */
export const matching = (expected: string, pattern: RegExp): ValueKind => ({
  expected,
  accepts: (value) => isText(value) && pattern.test(value),
});

/** A list of strings of a form. @param expected what the list is, for the message */
export const listOf = (expected: string, pattern: RegExp, from: number, to: number): ValueKind => ({
  expected,
  accepts: (value) =>
    Array.isArray(value) &&
    value.length >= from &&
    value.length <= to &&
    value.every((each) => isText(each) && pattern.test(each)),
});

/** An object of strings. @param expected what its names and values are, for the message */
export const record = (expected: string, name: RegExp, value: RegExp): ValueKind => ({
  expected,
  accepts: (given) =>
    isObject(given) && Object.entries(given).every(([key, each]) => name.test(key) && isText(each) && value.test(each)),
});

/** A value of a kind, or `false`. */
export const orFalse = ({ expected, accepts }: ValueKind): ValueKind => ({
  expected: `${expected}, or false`,
  accepts: (value) => value === false || accepts(value),
});

/** Whether a value is an object and not an array. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
