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

/** The last value of each name. */
export function lastOfEach(grouped: Record<string, string[]>): Record<string, string> {
  return mapValues(grouped, (values) => values.at(-1)!);
}

/** The same names with other values. */
export function mapValues<A, B>(record: Record<string, A>, map: (value: A) => B): Record<string, B> {
  const mapped: Record<string, B> = Object.create(null);
  for (const name of Object.keys(record)) mapped[name] = map(record[name]!);
  return mapped;
}

/** The record, or null if it is empty, as REST events have it. */
export function orNull<T extends object>(record: T): T | null {
  return Object.keys(record).length === 0 ? null : record;
}
