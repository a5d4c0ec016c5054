import { isOneOf } from './one-of.js';

/** A type that text is converted to, as JSON can say it: by its name, or by the values of an enum or a `oneOf`. */
export type ScalarType = ScalarName | Choice;

/** The types that text is converted to and that have a name. */
export type ScalarName = 'string' | 'number' | 'boolean' | 'date' | 'bigint' | 'url';

/** The values of an enum or a `oneOf`. */
export interface Choice {
  readonly choice: readonly (string | number)[];
}

const NAMES = new Map<unknown, ScalarName>([
  [String, 'string'],
  [Number, 'number'],
  [Boolean, 'boolean'],
  [Date, 'date'],
  [BigInt, 'bigint'],
  [URL, 'url'],
]);

/** The scalar that a type is; undefined for all other types, such as lists, DTOs and schemas. */
export function scalarTypeOf(type: unknown): ScalarType | undefined {
  const name = NAMES.get(type);
  if (name !== undefined) return name;
  const choice = choicesOf(type);
  return choice === undefined ? undefined : { choice };
}

/** The values of an enum or a `oneOf`; undefined for all other types. */
export function choicesOf(type: unknown): readonly (string | number)[] | undefined {
  return isOneOf(type) ? type.values : enumMembersOf(type);
}

/** The values of a TypeScript enum; undefined for any other object. A numeric enum also maps its values to names. */
function enumMembersOf(type: unknown): (string | number)[] | undefined {
  if (typeof type !== 'object' || type === null || Object.getPrototypeOf(type) !== Object.prototype) return undefined;
  const entries = Object.entries(type).filter(([name]) => !/^-?\d+(?:\.\d+)?$/.test(name));
  const isEnum = entries.length > 0 && entries.every(([, value]) => ['string', 'number'].includes(typeof value));
  return isEnum ? entries.map(([, value]) => value as string | number) : undefined;
}
