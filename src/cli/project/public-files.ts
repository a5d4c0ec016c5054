import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { normaliseRoot } from '../../runtime/declarations/public-folders.js';
import type { BuiltFolder } from '../../runtime/files/built-files.js';
import { hashContent } from '../../runtime/files/file-source.js';
import { CommandError } from '../command-error.js';
import type { Project } from './project.js';

/** The folder of static files, unless the config names others. */
export const DEFAULT_FOLDER = 'src/public';

/** The static files of a project. */
export interface PublicFiles {
  /** Their contents, by their names beside the built code. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** What the app must know of them, by the folder in the project. */
  readonly roots: Readonly<Record<string, BuiltFolder>>;
  /** What was left out although someone put it there. */
  readonly warnings: readonly string[];
}

/** The only name with a leading dot that is published: RFC 8615 defines it for clients to read. */
const WELL_KNOWN = '.well-known';

/**
 * Reads the project's static files, which are copied beside the built code unchanged. They are sorted by their names
 * there, such as `public/styles/site.css`: the first folder becomes `public`, the others `public-2` and so on.
 *
 * Whatever is copied may be served, so two kinds are left out: names that start with a dot, such as `.env` and `.git`,
 * except `.well-known`; and symbolic links that lead outside of the folder or to such names, with a warning.
 *
 * @param further folders that the app names beside those of the config
 * @throws CommandError if a folder that the config names does not exist
 */
export function readPublicFiles(project: Project, further: readonly string[] = []): PublicFiles {
  const files: [name: string, content: Uint8Array][] = [];
  const roots: Record<string, BuiltFolder> = {};
  const warnings: string[] = [];
  for (const root of foldersOf(project, further)) {
    const count = Object.keys(roots).length;
    const folder = count === 0 ? 'public' : `public-${count + 1}`;
    const copied = readFolder(project, root, warnings);
    files.push(...copied.map(({ name, content }): [string, Uint8Array] => [`${folder}/${name}`, content]));
    roots[root] = {
      folder,
      files: Object.fromEntries(copied.map(({ name, content }) => [name, [hashContent(content), content.byteLength]])),
    };
  }
  return { files: new Map(files.sort(byName)), roots, warnings };
}

/** The folders to copy, each once. Those of the app are relative: others are read where they are. */
function foldersOf(project: Project, further: readonly string[]): readonly string[] {
  const configured = project.public ?? (existsSync(join(project.root, DEFAULT_FOLDER)) ? [DEFAULT_FOLDER] : []);
  const missing = configured.find((folder) => !existsSync(join(project.root, folder)));
  if (missing !== undefined) {
    throw new CommandError(`There is no folder ${missing} in ${project.root}. Create it, or correct "public".`);
  }
  const ofApp = further.filter((folder) => !isAbsolute(folder) && existsSync(join(project.root, folder)));
  return [...new Set([...configured, ...ofApp].map(normaliseRoot))];
}

interface CopiedFile {
  readonly name: string;
  readonly content: Uint8Array;
}

/** Reads one folder; adds what it leaves out to `warnings`. */
function readFolder(project: Project, name: string, warnings: string[]): CopiedFile[] {
  const folder = join(project.root, name);
  const root = realpathSync(folder);
  const warn = (path: string) =>
    warnings.push(
      `${relative(project.root, path).split(sep).join('/')} was left out: it is a link that does not lead to a public file. Copy the file, or remove the link.`,
    );
  return [...publicFiles({ folder, root, warn }, '', [root])].sort((one, two) => byName([one.name], [two.name]));
}

function byName([one]: readonly [string, ...unknown[]], [two]: readonly [string, ...unknown[]]): number {
  return one < two ? -1 : 1;
}

interface PublicFolder {
  readonly folder: string;
  /** The folder without symbolic links. */
  readonly root: string;
  /** Takes the path of each link that was not followed. */
  readonly warn: (path: string) => void;
}

/**
 * The files in a folder and below, with their contents.
 *
 * @param name of the folder, relative to the public one; ends with `/` unless it is empty
 * @param outer the real paths of the folders around it, because a link may lead back to one of them
 */
function* publicFiles(source: PublicFolder, name: string, outer: readonly string[]): Generator<CopiedFile> {
  const { folder, root, warn } = source;
  for (const entry of readdirSync(join(folder, name), { encoding: 'utf8' })) {
    if (entry.startsWith('.') && entry !== WELL_KNOWN) continue;
    const path = join(folder, name, entry);
    const real = realPathOf(path);
    if (real === undefined || isHidden(root, real) || outer.includes(real)) {
      warn(path);
      continue;
    }
    const stats = statSync(real);
    if (stats.isDirectory()) yield* publicFiles(source, `${name}${entry}/`, [...outer, real]);
    else if (stats.isFile()) {
      yield { name: `${name}${entry}`, content: readFileSync(real) };
    }
  }
}

/** The path without symbolic links; undefined for a link that leads nowhere. */
function realPathOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ELOOP') return undefined;
    throw error;
  }
}

/** Whether a path is outside of the public folder, or below a name that is not published. */
function isHidden(root: string, path: string): boolean {
  const inside = relative(root, path);
  return isAbsolute(inside) || inside.split(sep).some((name) => name.startsWith('.') && name !== WELL_KNOWN);
}
