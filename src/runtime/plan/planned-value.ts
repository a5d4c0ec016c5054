/**
 * A value as JSON. In place of what JSON cannot carry is a hole, `{ hole, text }`: what the value is, such as `function`,
 * `RegExp` or `bigint`, and its text where it has one, such as `/^a$/i`.
 */
export type PlannedValue =
  | string
  | number
  | boolean
  | null
  | readonly PlannedValue[]
  | { readonly [name: string]: PlannedValue };

/** The deepest nesting that is described. */
const MAX_DEPTH = 16;

/** Describes a value as JSON: plain data as it is, anything else as a hole with its kind. */
export function toPlannedValue(value: unknown, depth = 0): PlannedValue {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0) ? value : { hole: 'number', text: textOf(value) };
    case 'bigint':
      return { hole: 'bigint', text: String(value) };
    case 'symbol':
      return { hole: 'symbol', text: value.description ?? '' };
    case 'object':
      return value === null ? null : toPlannedObject(value, depth);
    default:
      return { hole: typeof value };
  }
}

function textOf(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

function toPlannedObject(value: object, depth: number): PlannedValue {
  if (value instanceof RegExp) return { hole: 'RegExp', text: String(value) };
  if (value instanceof Date) return { hole: 'Date', text: String(value.getTime()) };
  // It may refer to itself.
  if (depth === MAX_DEPTH) return { hole: 'object' };
  if (Array.isArray(value)) return value.map((item) => toPlannedValue(item, depth + 1));
  const prototype: unknown = Object.getPrototypeOf(value);
  if ((prototype !== Object.prototype && prototype !== null) || Object.hasOwn(value, 'hole')) return { hole: 'object' };
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [name, toPlannedValue(member, depth + 1)]));
}
