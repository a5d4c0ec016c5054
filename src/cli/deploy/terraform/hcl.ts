/** A string literal: JSON's escapes, except two that HCL does not have, and no template that HCL would evaluate. */
export function quoted(text: string): string {
  return JSON.stringify(text)
    .replaceAll('\\b', '\\u0008')
    .replaceAll('\\f', '\\u000c')
    .replaceAll(/[$%]\{/g, (template) => template[0] + template);
}

/** An argument of a block. Undefined leaves it out. A string value is written as it is: quote it first if it is text. */
export type Argument = readonly [name: string, value: string | number | boolean | undefined];

/** The lines of arguments, with their equals signs aligned as `terraform fmt` does. */
export function argumentLines(args: readonly Argument[], indent: number): string[] {
  const given = args.filter(([, value]) => value !== undefined);
  const width = Math.max(0, ...given.map(([name]) => name.length));
  return given.map(([name, value]) => `${' '.repeat(indent)}${name.padEnd(width)} = ${value}`);
}

/** A list of string literals. */
export function textList(texts: readonly string[]): string {
  return `[${texts.map(quoted).join(', ')}]`;
}
