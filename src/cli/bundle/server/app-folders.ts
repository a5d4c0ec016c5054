import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { APP_FILE } from '../../project/bootstrap.js';
import type { Project } from '../../project/project.js';
import { bundleModule } from '../bundle-module.js';
import { writeFolder } from '../files/write-folder.js';
import { tryToLoad } from '../load-check.js';

/**
 * The public folders that the app of a project names, for a server that is to need nothing else: the app is loaded once, in
 * a process of its own. None where it does not load here, or is in another file than `src/app.ts`.
 */
export async function appFolders(project: Project): Promise<readonly string[]> {
  const file = join(project.root, APP_FILE);
  if (!existsSync(file)) return [];
  const { files } = await bundleModule(project, file);
  mkdirSync(join(project.root, 'build'), { recursive: true });
  const folder = mkdtempSync(join(project.root, 'build/app-'));
  try {
    writeFolder(folder, files);
    const { publicOption } = await tryToLoad(join(folder, 'index.js'), project.root);
    return rootsOf(publicOption);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What is wrong in the option is said when the server starts. */
function rootsOf(option: unknown): readonly string[] {
  const folders: readonly unknown[] = Array.isArray(option) ? option : [{ root: option }];
  return folders
    .map((folder) => (folder as { root?: unknown } | null)?.root)
    .filter((root) => typeof root === 'string');
}
