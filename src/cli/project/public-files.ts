import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError } from '../command-error.js';
import type { Project } from './project.js';

/** The folder of static files, unless the config names another. */
const DEFAULT_FOLDER = 'src/public';

/**
 * Reads the project's static files, which are copied beside the built code unchanged. They are sorted by their names
 * there, such as `public/styles/site.css`; at both doors the app finds them with
 * `join(import.meta.dirname, 'public', …)`.
 *
 * @throws CommandError if the folder that the config names does not exist
 */
export function readPublicFiles(project: Project): ReadonlyMap<string, Uint8Array> {
  const folder = join(project.root, project.public ?? DEFAULT_FOLDER);
  if (!existsSync(folder)) {
    if (project.public === undefined) return new Map();
    throw new CommandError(`There is no folder ${project.public} in ${project.root}. Create it, or correct "public".`);
  }
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );
  return new Map(
    names
      .map((name) => [`public/${name.replaceAll('\\', '/')}`, readFileSync(join(folder, name))] as const)
      .sort(([one], [two]) => (one < two ? -1 : 1)),
  );
}
