import { existsSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { DEFAULT_FOLDER } from '../../runtime/views/nunjucks-options.js';
import { CommandError } from '../command-error.js';

/** The project that a command works on. */
export interface Project {
  /** Its folder, absolute. */
  readonly root: string;
  /** The `name` in package.json, or the name of the folder. */
  readonly name: string;
  /** Whether it is twodoors itself, whose example app is built on the sources instead of a published package. */
  readonly isTwodoors: boolean;
  /** The folders of views that the Lambda bundle contains, relative to the root. */
  readonly views: readonly string[];
  /** The folders of static files that are copied beside the built code, relative to the root. Undefined: `src/public`, if it exists. */
  readonly public: readonly string[] | undefined;
}

/**
 * Opens the project in a folder.
 *
 * @throws CommandError if the folder has no package.json, or one that is not JSON
 */
export function openProject(folder: string): Project {
  const root = resolve(folder);
  const manifest = join(root, 'package.json');
  if (!existsSync(manifest)) {
    throw new CommandError(`There is no package.json in ${root}. Run twodoors in the folder of your project.`);
  }
  let name: unknown;
  try {
    ({ name } = JSON.parse(readFileSync(manifest, 'utf8')) as { name?: unknown });
  } catch (error) {
    throw new CommandError(`${manifest} is not JSON: ${(error as Error).message}. Correct it.`);
  }
  return {
    root,
    name: typeof name === 'string' && name !== '' ? name : basename(root),
    isTwodoors: name === 'twodoors',
    views: [DEFAULT_FOLDER],
    public: undefined,
  };
}
