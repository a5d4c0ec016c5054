/** Header fields as they travel: name and value, in order, repetitions included. */
export type RawHeaders = readonly (readonly [name: string, value: string])[];

/** A request as it travels: nothing in it is normalised. */
export interface RawRequest {
  readonly method: string;
  /** The request-target, as in the request line. */
  readonly target: string;
  readonly headers: RawHeaders;
  readonly body: Uint8Array;
}

/** An answer as it travels. */
export interface RawResponse {
  readonly status: number;
  readonly headers: RawHeaders;
  readonly body: Uint8Array;
}

/** All values of a header, in order; its name in any case. */
export function valuesOf(headers: RawHeaders, name: string): string[] {
  const lower = name.toLowerCase();
  return headers.filter(([each]) => each.toLowerCase() === lower).map(([, value]) => value);
}

/** The path and the query of a target, cut at the first question mark. */
export function splitTarget(target: string): { path: string; query: string } {
  const mark = target.indexOf('?');
  return mark === -1 ? { path: target, query: '' } : { path: target.slice(0, mark), query: target.slice(mark + 1) };
}

/** The pairs of a query string, not decoded; a name without `=` has an empty value. */
export function rawPairs(query: string): [name: string, value: string][] {
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=');
      return equals === -1 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
    });
}

/** The pairs of a query string, decoded by the rules of WHATWG URL. */
export function decodedPairs(query: string): [name: string, value: string][] {
  return [...new URLSearchParams(query.startsWith('?') ? `&${query}` : query)];
}

/** All values by name, in the order in which the names first came. */
export function groupPairs(pairs: readonly (readonly [string, string])[]): Record<string, string[]> {
  const grouped: Record<string, string[]> = Object.create(null);
  for (const [name, value] of pairs) {
    grouped[name] ??= [];
    grouped[name].push(value);
  }
  return grouped;
}

/** One value by name: the last. */
export function lastOfEach(grouped: Record<string, string[]>): Record<string, string> {
  return mapValues(grouped, (values) => values.at(-1)!);
}

/** The same names with other values. */
export function mapValues<A, B>(record: Record<string, A>, map: (value: A) => B): Record<string, B> {
  const mapped: Record<string, B> = Object.create(null);
  for (const name of Object.keys(record)) mapped[name] = map(record[name]!);
  return mapped;
}

/** The record, or null where it is empty, as events have it. */
export function orNull<T extends object>(record: T): T | null {
  return Object.keys(record).length === 0 ? null : record;
}
