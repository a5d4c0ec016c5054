import { encodeText } from '../../http/percent.js';

/** Whether a value is an object and not a list, as events and their parts are. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A map of names to single values; hand-made events may leave out anything. */
type SingleValues = Readonly<Record<string, string | undefined>> | null | undefined;

/** A map of names to all their values. */
type MultiValues = Readonly<Record<string, readonly string[] | undefined>> | null | undefined;

/** The headers and the query of an event, in the members that most sources share. */
export interface EventFields {
  readonly headers?: SingleValues;
  readonly multiValueHeaders?: MultiValues;
  readonly queryStringParameters?: SingleValues;
  readonly multiValueQueryStringParameters?: MultiValues;
}

/** The names and values of all headers, in one flat list. */
export function headersOf({ multiValueHeaders, headers }: EventFields): string[] {
  return flatten(multiValueHeaders, headers);
}

/** The names and values of the query, in one flat list. */
export function queryOf({ multiValueQueryStringParameters, queryStringParameters }: EventFields): string[] {
  return flatten(multiValueQueryStringParameters, queryStringParameters);
}

/** How a field must be where it is there. */
export const isText = (value: unknown): boolean => typeof value === 'string';
export const isFlag = (value: unknown): boolean => typeof value === 'boolean';
export const isTextList = (value: unknown): boolean => Array.isArray(value) && value.every(isText);
const isTextOrList = (value: unknown): boolean => isText(value) || isTextList(value);
export const isTextMap = (value: unknown): boolean => isMapOf(value, isText);
export const isListMap = (value: unknown): boolean => isMapOf(value, isTextList);
/** Some sources have lists where others have text. */
export const isMixedMap = (value: unknown): boolean => isMapOf(value, isTextOrList);

function isMapOf(value: unknown, isRight: (value: unknown) => boolean): boolean {
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

/** Makes a function that finds the first field of a wrong type, in this order; a field may be missing or null. */
export function wrongFieldOf(types: FieldTypes): (holder: Record<string, unknown>) => string | undefined {
  const names = Object.keys(types);
  const checks = Object.values(types);
  return (holder) => {
    for (let i = 0; i < names.length; i++) if (!isAbsentOr(checks[i]!, holder[names[i]!])) return names[i];
    return undefined;
  };
}

/** The fields that REST APIs and load balancers share. */
export const V1_FIELDS: FieldTypes = {
  headers: isTextMap,
  multiValueHeaders: isListMap,
  queryStringParameters: isTextMap,
  multiValueQueryStringParameters: isListMap,
  body: isText,
  isBase64Encoded: isFlag,
};

/** One flat list of the map with all values if the event has it, else of the single-valued map. */
export function flatten(multi: MultiValues, single: SingleValues): string[] {
  const flat: string[] = [];
  if (multi !== null && multi !== undefined && Object.keys(multi).length > 0) {
    for (const name of Object.keys(multi)) {
      for (const value of multi[name] ?? []) flat.push(name, String(value));
    }
    return flat;
  }
  for (const name of Object.keys(single ?? {})) {
    const value = single![name];
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
