import { type FieldTypes, flatten, isObject, isTextList, isTextMap, type SingleValues } from './event-fields.js';

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
  return flattenAll(multiValueHeaders, headers);
}

/** The names and values of the query, in one flat list. */
export function queryOf({ multiValueQueryStringParameters, queryStringParameters }: EventFields): string[] {
  return flattenAll(multiValueQueryStringParameters, queryStringParameters);
}

/** One flat list of the map with all values if the event has it, else of the single-valued map. */
function flattenAll(multi: MultiValues, single: SingleValues): string[] {
  if (multi === null || multi === undefined || Object.keys(multi).length === 0) return flatten(single);
  const flat: string[] = [];
  for (const name of Object.keys(multi)) {
    for (const value of multi[name] ?? []) flat.push(name, String(value));
  }
  return flat;
}

/** Whether a value is a map whose values are right, or absent. */
export function isMapOf(value: unknown, isRight: (value: unknown) => boolean): boolean {
  return isObject(value) && Object.values(value).every((item) => item === undefined || item === null || isRight(item));
}

const isListMap = (value: unknown): boolean => isMapOf(value, isTextList);

/** The fields that REST APIs and load balancers share. */
export const V1_FIELDS: FieldTypes = {
  headers: isTextMap,
  multiValueHeaders: isListMap,
  queryStringParameters: isTextMap,
  multiValueQueryStringParameters: isListMap,
  body: 'string',
  isBase64Encoded: 'boolean',
};
