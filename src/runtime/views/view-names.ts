import { posix } from 'node:path';

/** Whether this names a file below the views' folder, in the one form that files and bundles share. */
export function isViewName(name: string): boolean {
  return name !== '' && posix.normalize(name) === name && !/^(?:\/|\.\.(?:\/|$))|[\\:\0]/.test(name);
}

/** Says that a view is not there, what is, and the cure. */
export function missingView(view: string, folder: string, names: readonly string[]): string {
  if (!isViewName(view)) {
    return `"${view}" does not name a view. Write its path below ${folder} with plain slashes, such as 'pages/index.html'.`;
  }
  const shown = names.slice(0, 12).map((name) => `"${name}"`);
  if (names.length > shown.length) shown.push(`${names.length - shown.length} more`);
  const there = shown.length === 0 ? 'which has none' : `which has ${shown.join(', ')}`;
  return `there is no view "${view}" in ${folder}, ${there}. Correct the name, or add the file.`;
}
