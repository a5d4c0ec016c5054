import { posix } from 'node:path';

/** Whether this is the name of a view: a path below the folder, written in the one form that bundles use too. */
export function isViewName(name: string): boolean {
  return name !== '' && posix.normalize(name) === name && !/^(?:\/|\.\.(?:\/|$))|[\\:\0]/.test(name);
}

/** The message for a view that does not exist: which do, and the fix. */
export function missingView(view: string, folder: string, names: readonly string[]): string {
  if (!isViewName(view)) {
    return `"${view}" is not the name of a view. Write its path below ${folder} with slashes, such as 'pages/index.html'.`;
  }
  const shown = names.slice(0, 12).map((name) => `"${name}"`);
  if (names.length > shown.length) shown.push(`${names.length - shown.length} more`);
  const there = shown.length === 0 ? 'which is empty' : `which has ${shown.join(', ')}`;
  return `there is no view "${view}" in ${folder}, ${there}. Correct the name, or add the file.`;
}
