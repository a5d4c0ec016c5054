/** What differs in a document from what it should be: one line each, with the place. The order of members does not count. */
export function documentDifferences(found: unknown, expected: unknown, place = ''): string[] {
  if (Array.isArray(found) && Array.isArray(expected)) {
    const length = Math.max(found.length, expected.length);
    return Array.from({ length }, (_, i) => documentDifferences(found[i], expected[i], `${place}[${i}]`)).flat();
  }
  if (isObject(found) && isObject(expected)) {
    const names = [...new Set([...Object.keys(found), ...Object.keys(expected)])].sort();
    return names.flatMap((name) =>
      documentDifferences(found[name], expected[name], place === '' ? name : `${place} › ${name}`),
    );
  }
  if (Object.is(found, expected)) return [];
  if (found === undefined) return [`${place} is missing`];
  if (expected === undefined) return [`${place} is no longer in the app`];
  return [`${place} is ${shorten(found)}, not ${shorten(expected)}`];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shorten(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
