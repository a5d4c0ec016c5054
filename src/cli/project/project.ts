import { existsSync, readFileSync } from 'node:fs';
import { basename, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { DEFAULT_FOLDER } from '../../runtime/views/nunjucks-options.js';
import { CommandError } from '../command-error.js';

/** The doors that an app may have, and the file that opens each. */
export const BOOTSTRAPS = { koa: 'src/bootstrap-koa.ts', lambda: 'src/bootstrap-lambda.ts' } as const;

/** A name of a door. */
export type Door = keyof typeof BOOTSTRAPS;

/** The project that a command works on. */
export interface Project {
  /** Its folder, absolute. */
  readonly root: string;
  /** The name in package.json, or that of the folder. */
  readonly name: string;
  /** Whether it is twodoors itself, whose app is built on the sources instead of a published package. */
  readonly isTwodoors: boolean;
  /** The folders of views that a bundle is built with, relative to the root. */
  readonly views: readonly string[];
  /** The folder of files that go beside the built code, relative to the root. Undefined: `src/public`, where there is one. */
  readonly public: string | undefined;
}

/**
 * Opens the project in a folder.
 *
 * @throws CommandError where there is none
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

/** Whether the project has a file for this door. */
export function hasDoor(project: Project, door: Door): boolean {
  return existsSync(join(project.root, BOOTSTRAPS[door]));
}

/**
 * The absolute path of the file that opens a door.
 *
 * @throws CommandError where the project has none
 */
export function bootstrapOf(project: Project, door: Door): string {
  if (!hasDoor(project, door)) {
    const content =
      door === 'koa'
        ? "await serve(app), with serve from 'twodoors/koa'"
        : "export const handler = createHandler(app), with createHandler from 'twodoors/lambda'";
    throw new CommandError(`There is no ${BOOTSTRAPS[door]} in ${project.root}. Write it: ${content}.`);
  }
  return join(project.root, BOOTSTRAPS[door]);
}

/**
 * A module's name without the place of the project on this machine: below the root, or from `node_modules` on, so that
 * the same project gives the same names, and the same bundle, wherever it is.
 */
export function moduleName(project: Project, id: string): string {
  const path = id.replace(/\?.*$/, '');
  if (!isAbsolute(path)) return path.replace('\0', '');
  const fromRoot = relative(project.root, path).split(sep).join('/');
  const inModules = fromRoot.lastIndexOf('node_modules/');
  if (inModules >= 0) return fromRoot.slice(inModules);
  if (!fromRoot.startsWith('../')) return fromRoot;
  return `node_modules/${packagePath(path)}`;
}

/** For a package that is linked from elsewhere: its name, and the way inside of it. */
function packagePath(path: string): string {
  const parts = path.split(sep);
  for (let end = parts.length - 1; end > 0; end--) {
    const manifest = join(parts.slice(0, end).join(sep), 'package.json');
    if (!existsSync(manifest)) continue;
    const { name } = JSON.parse(readFileSync(manifest, 'utf8')) as { name?: string };
    if (name !== undefined) return [name, ...parts.slice(end)].join('/');
  }
  return parts.at(-1)!;
}
