/** A string literal: JSON's escapes, except two that HCL does not have, and no template that HCL would evaluate. */
export function quoted(text: string): string {
  return JSON.stringify(text)
    .replaceAll('\\b', '\\u0008')
    .replaceAll('\\f', '\\u000c')
    .replaceAll(/[$%]\{/g, (template) => template[0] + template);
}

/** An argument of a block. Undefined leaves it out. A string value is written as it is: quote it first if it is text. */
export type Argument = readonly [name: string, value: string | number | boolean | undefined];

/** The lines of arguments, with their equals signs aligned as `terraform fmt` does: between values of several lines. */
export function argumentLines(args: readonly Argument[], indent: number): string[] {
  const lines: string[] = [];
  let group: Argument[] = [];
  const flush = () => {
    const width = Math.max(0, ...group.map(([name]) => name.length));
    for (const [name, value] of group) lines.push(indented(`${name.padEnd(width)} = ${value}`, indent));
    group = [];
  };
  for (const argument of args) {
    const [, value] = argument;
    if (value === undefined) continue;
    const isLong = String(value).includes('\n');
    if (isLong) flush();
    group.push(argument);
    if (isLong) flush();
  }
  flush();
  return lines;
}

/**
 * A block with its arguments, and after an empty line each block in it.
 *
 * @param header such as `resource "aws_lb" "app"`
 */
export function block(header: string, args: readonly Argument[], blocks: readonly (string | undefined)[] = []): string {
  const inner = blocks.filter((each) => each !== undefined).map((each) => indented(each.trimEnd(), 2));
  const parts = [argumentLines(args, 2).join('\n'), ...inner].filter((part) => part !== '');
  return `${header} {\n${parts.join('\n\n')}\n}\n`;
}

/** A map, one entry a line. */
export function map(entries: readonly Argument[]): string {
  return `{\n${argumentLines(entries, 2).join('\n')}\n}`;
}

function indented(text: string, indent: number): string {
  // A string may contain other separators of lines, which must stay as they are.
  const lines = text.split('\n').map((line) => (line === '' ? '' : ' '.repeat(indent) + line));
  return lines.join('\n');
}

/** A list of string literals, one a line if they are long. */
export function textList(texts: readonly string[]): string {
  const line = `[${texts.map(quoted).join(', ')}]`;
  return line.length <= 100 || texts.length === 1
    ? line
    : `[\n${texts.map((text) => `  ${quoted(text)},\n`).join('')}]`;
}
