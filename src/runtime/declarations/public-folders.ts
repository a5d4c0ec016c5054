import { statSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { Mistakes } from './mistakes.js';

/** A folder whose files every client can read. */
export interface PublicFolder {
  /** Relative to the project, such as `src/public`. A build copies it beside the built code. */
  root: string;
  /** The path in front of the names of its files, such as `/static`. Default: none, `src/public/app.css` is `/app.css`. */
  prefix?: string | undefined;
  /**
   * How long browsers may use a file without asking again, in whole seconds. Default: 0, they ask each time and get a 304.
   */
  maxAge?: number | undefined;
  /**
   * Whether the files never change, because a bundler has put a hash into each name: browsers keep them for a year, or for
   * `maxAge`. Default: false. The URLs of `assetUrl` need no such folder.
   */
  immutable?: boolean | undefined;
}

/** What `defineApp({ public })` takes. */
export type PublicOption = string | readonly PublicFolder[];

/** The folders of an app, the first one first. */
export function publicFoldersOf(option: PublicOption | undefined): readonly PublicFolder[] {
  return typeof option === 'string' ? [{ root: option }] : (option ?? []);
}

/** A folder as a build names it: relative, with `/`, without `./` and a slash at the end. */
export function normaliseRoot(root: string): string {
  return root
    .replaceAll('\\', '/')
    .replace(/^(?:\.\/+)+/, '')
    .replace(/(?<=.)\/+$/, '');
}

/**
 * Checks the public folders of an app. Adds what is wrong to `mistakes`.
 *
 * @param isBuilt whether a build has copied a folder; the folder itself is then not needed
 */
export function checkPublicFolders(
  option: unknown,
  mistakes: Mistakes,
  isBuilt: (root: string) => boolean = () => false,
): void {
  if (option === undefined) return;
  const add = (message: string, place = 'public') => mistakes.at({ option: place }).add('invalid-option', message);
  if (typeof option !== 'string' && !Array.isArray(option)) {
    add("it must be a folder, such as 'src/public', or a list of { root, prefix, maxAge, immutable }.");
    return;
  }
  for (const [i, folder] of (typeof option === 'string' ? [{ root: option }] : (option as unknown[])).entries()) {
    const found = findMistake(folder, isBuilt);
    if (found !== undefined) add(found, typeof option === 'string' ? 'public' : `public[${i}]`);
  }
}

const KNOWN = ['root', 'prefix', 'maxAge', 'immutable'];

function findMistake(folder: unknown, isBuilt: (root: string) => boolean): string | undefined {
  if (typeof folder !== 'object' || folder === null) return "it is not an object. Write { root: 'src/public' }.";
  const { root, prefix, maxAge, immutable } = folder as { readonly [Name in keyof PublicFolder]: unknown };
  const unknown = Object.keys(folder).find((name) => !KNOWN.includes(name));
  if (unknown !== undefined) return `${JSON.stringify(unknown)} is not an option. Use ${KNOWN.join(', ')}.`;
  if (typeof root !== 'string' || root === '') return "it has no root. Name the folder: { root: 'src/public' }.";
  if (prefix !== undefined && !isPlainPath(prefix)) {
    return `the prefix ${JSON.stringify(prefix)} is not a plain path. Write it like '/static', without parameters.`;
  }
  if (maxAge !== undefined && !(Number.isInteger(maxAge) && (maxAge as number) >= 0)) {
    return `maxAge is ${JSON.stringify(maxAge)}. Use a whole number of seconds, from 0 on.`;
  }
  if (immutable !== undefined && typeof immutable !== 'boolean') return 'immutable must be true or false.';
  if (holdsProject(root)) {
    return `the folder ${JSON.stringify(root)} holds the whole project, so that everybody could read its code and secrets. Name a folder of its own, such as 'src/public'.`;
  }
  if (isBuilt(normaliseRoot(root)) || statSync(root, { throwIfNoEntry: false })?.isDirectory() === true)
    return undefined;
  return `there is no folder ${JSON.stringify(root)} in ${process.cwd()}. Create it, or correct its name; a build without a plan copies what "public" in twodoors.config.ts lists.`;
}

/** Whether the working directory is a folder, or below it. */
function holdsProject(root: string): boolean {
  const inside = relative(resolve(root), process.cwd());
  return inside === '' || (inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside));
}

/** `createPathPrefix` has the same rule for base paths. */
function isPlainPath(prefix: unknown): boolean {
  if (typeof prefix !== 'string' || !/^\/*(?:[\w.~%@!$&'+,;=-]+(?:\/|$))*$/.test(prefix)) return false;
  try {
    return !decodeURIComponent(prefix).includes('\0');
  } catch {
    return false;
  }
}
