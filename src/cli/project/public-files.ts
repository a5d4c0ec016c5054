import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError } from '../command-error.js';
import type { Project } from './project.js';

/** Where such files are unless a project says otherwise. */
const DEFAULT_FOLDER = 'src/public';

/**
 * A project's files that go beside the built code as they are, by their name there, sorted: `public/styles/site.css`.
 * Behind both doors they are found as `join(import.meta.dirname, 'public', …)`.
 *
 * @throws CommandError where the folder that the project names is not there
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
