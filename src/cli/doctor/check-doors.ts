import { bundleModule } from '../bundle/bundle-module.js';
import { CommandError } from '../command-error.js';
import { BOOTSTRAPS, bootstrapOf, DOOR_NAMES, hasDoor } from '../project/bootstrap.js';
import type { Project } from '../project/project.js';
import { type Check, error, type Finding, ok } from './finding.js';

/** Whether the doors compile, and everything that they import is found. */
export const checkDoors: Check = async (project) => {
  const doors = DOOR_NAMES.filter((door) => hasDoor(project, door));
  if (doors.length > 0) return Promise.all(doors.map((door) => checkDoor(project, door)));
  return [
    error(
      'There is no door.',
      `Write ${BOOTSTRAPS.koa} or ${BOOTSTRAPS.lambda}, or make a project: twodoors new FOLDER.`,
    ),
  ];
};

async function checkDoor(project: Project, door: (typeof DOOR_NAMES)[number]): Promise<Finding> {
  try {
    await bundleModule(project, bootstrapOf(project, door), { canSplit: true });
    return ok(BOOTSTRAPS[door]);
  } catch (failure) {
    if (!(failure instanceof CommandError)) throw failure;
    // The message has the fix.
    return { level: 'error', message: `${BOOTSTRAPS[door]} cannot be compiled:\n${failure.message}` };
  }
}
