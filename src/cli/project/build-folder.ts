import { join } from 'node:path';
import type { DoorName } from './bootstrap.js';
import type { Project } from './project.js';

/**
 * The folder that a door is built to, absolute. What `dev` and `invoke` build runs on this machine alone, so it never
 * takes the place of what is deployed.
 *
 * @param isLocal whether it is built for this machine alone
 */
export function buildFolder(project: Project, door: DoorName, isLocal = false): string {
  return join(project.root, isLocal ? 'build/dev' : 'build', door);
}
