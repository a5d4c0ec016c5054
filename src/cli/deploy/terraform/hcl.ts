/** Text as HCL quotes it: JSON's escapes, save two that it does not know, and the templates that it would fill in. */
export function quoted(text: string): string {
  return JSON.stringify(text)
    .replaceAll('\\b', '\\u0008')
    .replaceAll('\\f', '\\u000c')
    .replaceAll(/[$%]\{/g, (template) => template[0] + template);
}

/** An argument of a block; undefined leaves it out. Text that is to be quoted has to be. */
export type Argument = readonly [name: string, value: string | number | boolean | undefined];

/** The lines of arguments, their equals signs below each other as `terraform fmt` puts them. */
export function argumentLines(args: readonly Argument[], indent: number): string[] {
  const given = args.filter(([, value]) => value !== undefined);
  const width = Math.max(0, ...given.map(([name]) => name.length));
  return given.map(([name, value]) => `${' '.repeat(indent)}${name.padEnd(width)} = ${value}`);
}

/** A list of texts. */
export function textList(texts: readonly string[]): string {
  return `[${texts.map(quoted).join(', ')}]`;
}
