import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Command } from 'commander';
import { portOption } from '../options/port-option.js';
import { bootstrapOf } from '../project/bootstrap.js';
import { buildFolder } from '../project/build-folder.js';
import { environmentWithFile } from '../project/env-file.js';
import { openProject, type Project } from '../project/project.js';

/** `twodoors start` */
export const command = new Command('start')
  .description('build the Koa server, and run it in production mode')
  .addOption(portOption('start'))
  .action(() => start(openProject(process.cwd())));

/**
 * Builds the Koa door, and runs it in this process, so that signals and the exit code are the server's own. NODE_ENV is
 * `production` unless it is set, in the environment or in `.env`.
 */
async function start(project: Project): Promise<void> {
  const bootstrap = bootstrapOf(project, 'koa');
  // A separate process builds: in this one, the bundler would take some 100 MB of memory until the server ends.
  const main = fileURLToPath(new URL('../main.js', import.meta.url));
  // What it prints of the bundle's size is for those who deploy it; its warnings and errors go to stderr.
  const stdio = ['inherit', 'ignore', 'inherit'] as const;
  const builder = spawn(process.execPath, [main, 'build', 'koa'], { cwd: project.root, stdio: [...stdio] });
  const [code] = (await once(builder, 'exit')) as [number | null];
  if (code !== 0) {
    process.exitCode = code ?? 1;
    return;
  }
  // After the build, which must not depend on .env.
  Object.assign(process.env, environmentWithFile(project));
  process.env['NODE_ENV'] ??= 'production';
  process.setSourceMapsEnabled(true);
  const entry = join(buildFolder(project, 'koa'), 'index.js');
  process.argv = [process.execPath, entry];
  try {
    await import(pathToFileURL(entry).href);
  } catch (error) {
    if (!(error instanceof ReferenceError || error instanceof TypeError)) throw error;
    const { explainCircularImport } = await import('../bundle/circular-imports.js');
    throw (await explainCircularImport(project, bootstrap, error)) ?? error;
  }
}
