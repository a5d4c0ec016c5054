import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError } from '../command-error.js';
import type { Project } from './project.js';

/** The doors that an app can have, and the file that opens each. */
export const BOOTSTRAPS = { koa: 'src/bootstrap-koa.ts', lambda: 'src/bootstrap-lambda.ts' } as const;

/** The module of a project that exports its app, unless the user names another one. */
export const APP_FILE = 'src/app.ts';

/** The name of a door: `koa` is the server, `lambda` the function. */
export type DoorName = keyof typeof BOOTSTRAPS;

/** The names of both doors. */
export const DOOR_NAMES = Object.keys(BOOTSTRAPS) as readonly DoorName[];

/** What a bootstrap contains, for the message about a missing one. */
const CONTENTS: Readonly<Record<DoorName, string>> = {
  koa: "await serve(app), with serve from 'twodoors/koa'",
  lambda: "export const handler = createHandler(app), with createHandler from 'twodoors/lambda'",
};

/** Whether the project has the bootstrap of a door. */
export function hasDoor(project: Project, door: DoorName): boolean {
  return existsSync(join(project.root, BOOTSTRAPS[door]));
}

/**
 * The absolute path of a door's bootstrap.
 *
 * @throws CommandError if the project does not have it
 */
export function bootstrapOf(project: Project, door: DoorName): string {
  if (hasDoor(project, door)) return join(project.root, BOOTSTRAPS[door]);
  throw new CommandError(`There is no ${BOOTSTRAPS[door]} in ${project.root}. Write it: ${CONTENTS[door]}.`);
}
