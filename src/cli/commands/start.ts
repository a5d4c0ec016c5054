import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { environmentOf } from '../project/env-file.js';
import { bootstrapOf, type Project } from '../project/project.js';

/**
 * `twodoors start`: builds the Koa door and runs it in this very process, so that signals and the exit code are the
 * server's own. NODE_ENV is `production` unless it is set, there or in `.env`.
 */
export async function start(project: Project): Promise<void> {
  const bootstrap = bootstrapOf(project, 'koa');
  // In a process of its own: the bundler would stay in the server's memory, some 100 MB.
  const main = fileURLToPath(new URL('../main.js', import.meta.url));
  const builder = spawn(process.execPath, [main, 'build', 'koa'], { cwd: project.root, stdio: 'inherit' });
  const [code] = (await once(builder, 'exit')) as [number | null];
  if (code !== 0) {
    process.exitCode = code ?? 1;
    return;
  }
  // Only now: nothing that is built knows what is in .env.
  Object.assign(process.env, environmentOf(project));
  process.env['NODE_ENV'] ??= 'production';
  process.setSourceMapsEnabled(true);
  const entry = join(project.root, 'build/koa/index.js');
  process.argv = [process.execPath, entry];
  try {
    await import(pathToFileURL(entry).href);
  } catch (error) {
    if (!(error instanceof ReferenceError || error instanceof TypeError)) throw error;
    const { explainCircularImport } = await import('../bundle/circular-imports.js');
    throw (await explainCircularImport(project, bootstrap, error)) ?? error;
  }
}
