/** A string literal. */
export function text(value: string): string {
  return `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** An array of string literals. */
export function texts(values: readonly string[] | undefined): string | undefined {
  return values === undefined ? undefined : `[${values.map(text).join(', ')}]`;
}

/** The lines of an object's properties. Properties that are undefined are left out. */
export function properties(
  entries: readonly (readonly [string, string | boolean | undefined])[],
  indent: number,
): string {
  return entries
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${' '.repeat(indent)}${name}: ${value},\n`)
    .join('');
}
