import { pathToFileURL } from 'node:url';
import { buildServer } from './build.js';
import type { Project } from './project.js';

/**
 * `twodoors start`: builds the Koa door and runs it in this very process, so that signals and the exit code are the
 * server's own. NODE_ENV is `production` unless it is set.
 */
export async function start(project: Project): Promise<void> {
  process.env['NODE_ENV'] ??= 'production';
  const entry = await buildServer(project);
  process.setSourceMapsEnabled(true);
  process.argv[1] = entry;
  process.argv.length = 2;
  await import(pathToFileURL(entry).href);
}
