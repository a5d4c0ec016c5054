import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { CommandError } from '../command-error.js';
import type { Project } from './project.js';

/** The folder of static files, unless the config names another. */
const DEFAULT_FOLDER = 'src/public';

/** The static files of a project. */
export interface PublicFiles {
  /** Their contents, by their names beside the built code. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** What was left out although someone put it there. */
  readonly warnings: readonly string[];
}

/** The only name with a leading dot that is published: RFC 8615 defines it for clients to read. */
const WELL_KNOWN = '.well-known';

/**
 * Reads the project's static files, which are copied beside the built code unchanged. They are sorted by their names
 * there, such as `public/styles/site.css`; at both doors the app finds them with
 * `join(import.meta.dirname, 'public', …)`.
 *
 * Whatever is copied may be served, so two kinds are left out: names that start with a dot, such as `.env` and `.git`,
 * except `.well-known`; and symbolic links that lead outside of the folder or to such names, with a warning.
 *
 * @throws CommandError if the folder that the config names does not exist
 */
export function readPublicFiles(project: Project): PublicFiles {
  const folder = join(project.root, project.public ?? DEFAULT_FOLDER);
  if (!existsSync(folder)) {
    if (project.public === undefined) return { files: new Map(), warnings: [] };
    throw new CommandError(`There is no folder ${project.public} in ${project.root}. Create it, or correct "public".`);
  }
  const root = realpathSync(folder);
  const warnings: string[] = [];
  const warn = (path: string) =>
    warnings.push(
      `${relative(project.root, path).split(sep).join('/')} was left out: it is a link that does not lead to a public file. Copy the file, or remove the link.`,
    );
  const files = [...publicFiles({ folder, root, warn }, '', [root])];
  return { files: new Map(files.sort(([one], [two]) => (one < two ? -1 : 1))), warnings };
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
function* publicFiles(
  source: PublicFolder,
  name: string,
  outer: readonly string[],
): Generator<[name: string, content: Uint8Array]> {
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
    else if (stats.isFile()) yield [`public/${name}${entry}`, readFileSync(real)];
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
