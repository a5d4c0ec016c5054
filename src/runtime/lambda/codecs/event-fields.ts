import { encodeText } from '../../http/percent.js';

/** Whether a value is an object and not a list, as events and their parts are. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A map of names to single values; hand-made events may leave out anything. */
export type SingleValues = Readonly<Record<string, string | undefined>> | null | undefined;

/** How a field must be where it is there. */
export const isText = (value: unknown): boolean => typeof value === 'string';
export const isFlag = (value: unknown): boolean => typeof value === 'boolean';
export const isTextList = (value: unknown): boolean => Array.isArray(value) && value.every(isText);
export const isTextMap = (value: unknown): boolean => isMapOf(value, isText);

/** Whether a value is a map whose values are right, or absent. */
export function isMapOf(value: unknown, isRight: (value: unknown) => boolean): boolean {
  if (!isObject(value)) return false;
  // Objects of JSON inherit no members to see here, and no list of their names is made.
  for (const name in value) if (!isAbsentOr(isRight, value[name])) return false;
  return true;
}

function isAbsentOr(isRight: (value: unknown) => boolean, value: unknown): boolean {
  return value === undefined || value === null || isRight(value);
}

/** The names of fields, and how each must be. */
export type FieldTypes = Readonly<Record<string, (value: unknown) => boolean>>;

/** Finds the first field of a wrong type, in the order of the types; a field may be missing or null. */
export function wrongFieldIn(holder: Record<string, unknown>, types: FieldTypes): string | undefined {
  for (const name in types) if (!isAbsentOr(types[name]!, holder[name])) return name;
  return undefined;
}

/** The names and values of a map, in one flat list. */
export function flatten(fields: SingleValues): string[] {
  const flat: string[] = [];
  if (fields === null || fields === undefined) return flat;
  for (const name of Object.keys(fields)) {
    const value = fields[name];
    if (value !== undefined && value !== null) flat.push(name, String(value));
  }
  return flat;
}

/** A query string of names and values that the source has decoded. */
export function encodeQuery(flat: readonly string[]): string {
  return joinQuery(flat.map(encodeText));
}

/** A query string of names and values that are still encoded. */
export function joinQuery(flat: readonly string[]): string {
  const pairs: string[] = [];
  for (let i = 0; i < flat.length; i += 2) pairs.push(`${flat[i]}=${flat[i + 1]}`);
  return pairs.join('&');
}
