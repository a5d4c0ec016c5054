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
