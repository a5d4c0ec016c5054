import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CommandError } from '../command-error.js';
import { openProject, type Project } from '../project/project.js';
import type { Config } from './config.js';
import { findConfigMistakes } from './config-check.js';

/** The file that a project's settings are in. */
export const CONFIG_FILE = 'twodoors.config.ts';

/** A project, as its config says. */
export interface ConfiguredProject {
  readonly project: Project;
  readonly config: Config;
}

/**
 * Opens the project in a folder, and reads its config.
 *
 * @param options of the command; they go before what the config says
 * @throws CommandError as {@link openProject} and {@link loadConfig} do
 */
export async function openConfigured(folder: string, options: Config = {}): Promise<ConfiguredProject> {
  const project = openProject(folder);
  const written = await loadConfig(project);
  const given = Object.entries(options.lambda ?? {}).filter(([, value]) => value !== undefined);
  const config: Config = {
    views: options.views ?? written.views,
    public: options.public ?? written.public,
    lambda: { ...written.lambda, ...Object.fromEntries(given) },
  };
  return { project: { ...project, views: config.views ?? project.views, public: config.public }, config };
}

/**
 * Compiles, runs and checks a project's `twodoors.config.ts`. Where there is none, nothing is set.
 *
 * @throws CommandError for what cannot be compiled or run, and with every key and value that is wrong
 */
export async function loadConfig(project: Project): Promise<Config> {
  const file = join(project.root, CONFIG_FILE);
  if (!existsSync(file)) return {};
  const config = await run(project, file);
  const mistakes = findConfigMistakes(config);
  if (mistakes.length > 0) {
    throw new CommandError(mistakes.map((mistake) => `${CONFIG_FILE}: ${mistake}`).join('\n'));
  }
  return config as Config;
}

/** What a file exports by default; it is compiled into a folder of the project, so that its packages are found. */
async function run(project: Project, file: string): Promise<unknown> {
  const [{ bundleModule }, { printWarnings, writeFolder }] = await Promise.all([
    import('../bundle/bundle-server.js'),
    import('../bundle/write-folder.js'),
  ]);
  const { files, warnings } = await bundleModule(project, file, { isApp: false });
  printWarnings(warnings);
  const build = join(project.root, 'build');
  mkdirSync(build, { recursive: true });
  const folder = mkdtempSync(join(build, 'config-'));
  try {
    writeFolder(folder, files);
    const loaded = (await import(pathToFileURL(join(folder, 'index.js')).href)) as { default?: unknown };
    if (!('default' in loaded)) {
      throw new CommandError(`${CONFIG_FILE} exports nothing by default. Write: export default defineConfig({ … }).`);
    }
    return loaded.default;
  } catch (error) {
    if (error instanceof CommandError) throw error;
    const { message } = error instanceof Error ? error : { message: String(error) };
    throw new CommandError(`${CONFIG_FILE} fails when it is run: ${message}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
