import { stripVTControlCharacters } from 'node:util';

/** The first line of an error of tsc, or its last line, which counts them. */
const HEAD = /^(?:(?<file>\S.*?)(?:\(\d+,\d+\):|:\d+:\d+ -) error TS(?<code>\d+):|Found \d+ errors?\b)/;

/** The codes of TypeScript's syntax errors. */
const SYNTAX = /^1\d{3}$/;

/**
 * What tsc prints, without the files whose syntax a failed build has shown already: TypeScript reports what follows from
 * such a mistake as well, often in tens of errors.
 *
 * @param failure the message of the build
 */
export function withoutShownSyntax(output: string, failure: string): string {
  const blocks: { file?: string | undefined; code?: string | undefined; lines: string[] }[] = [{ lines: [] }];
  for (const line of output.split('\n')) {
    const head = HEAD.exec(stripVTControlCharacters(line));
    if (head === null) blocks.at(-1)!.lines.push(line);
    else blocks.push({ ...head.groups, lines: [line] });
  }
  const shown = new Set(
    blocks.flatMap(({ file, code }) =>
      file !== undefined && SYNTAX.test(code!) && failure.includes(`${file}:`) ? [file] : [],
    ),
  );
  if (shown.size === 0) return output;
  // The count is no longer right.
  const rest = blocks.filter(({ file }) => file !== undefined && !shown.has(file));
  return rest.flatMap(({ lines }) => lines).join('\n');
}
