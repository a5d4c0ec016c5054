import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeFolder } from '../bundle/files/write-folder.js';
import { CommandError } from '../command-error.js';
import { openProject, type Project } from '../project/project.js';
import { printWarnings } from '../warnings.js';
import type { Config, LambdaConfig } from './config.js';
import { findConfigMistakes } from './config-check.js';

/** The file with a project's settings. */
export const CONFIG_FILE = 'twodoors.config.ts';

/** A project, and its config. */
export interface ConfiguredProject {
  readonly project: Project;
  readonly config: Config;
}

/**
 * Opens the project in a folder, and reads its config.
 *
 * @param flags of the command; they override the config
 * @throws CommandError as {@link openProject} and {@link loadConfig} do
 */
export async function openConfigured(folder: string, flags: Config = {}): Promise<ConfiguredProject> {
  const project = openProject(folder);
  const written = await loadConfig(project);
  const config: Config = {
    views: flags.views ?? written.views,
    public: flags.public ?? written.public,
    koa: { ...written.koa, ...given(flags.koa) },
    lambda: withFlags(written.lambda, given(flags.lambda)),
  };
  const folders = typeof config.public === 'string' ? [config.public] : config.public;
  return { project: { ...project, views: config.views ?? project.views, public: folders }, config };
}

/** Flags override the settings of every stage too. */
function withFlags(written: LambdaConfig | undefined, flags: Partial<LambdaConfig>): LambdaConfig {
  const { gateway } = flags;
  if (written?.stages === undefined || gateway === undefined) return { ...written, ...flags };
  const stages = Object.entries(written.stages).map(([name, stage]) => [name, { ...stage, gateway }] as const);
  return { ...written, ...flags, stages: Object.fromEntries(stages) };
}

/** The options that have a value. */
function given<T extends object>(options: T | undefined): Partial<T> {
  return Object.fromEntries(Object.entries(options ?? {}).filter(([, value]) => value !== undefined)) as Partial<T>;
}

/**
 * Compiles, runs and checks a project's `twodoors.config.ts`. A project without one has an empty config.
 *
 * @throws CommandError if the file cannot be compiled or run, and with every unknown option and invalid value in it
 */
export async function loadConfig(project: Project): Promise<Config> {
  const file = join(project.root, CONFIG_FILE);
  if (!existsSync(file)) return {};
  const config = await importDefault(project, file);
  const mistakes = findConfigMistakes(config);
  if (mistakes.length > 0) {
    throw new CommandError(mistakes.map((mistake) => `${CONFIG_FILE}: ${mistake}`).join('\n'));
  }
  return config as Config;
}

/** The default export of a file. It is compiled into a folder inside the project, so that Node.js finds its packages. */
async function importDefault(project: Project, file: string): Promise<unknown> {
  const { bundleModule } = await import('../bundle/bundle-module.js');
  const { files, warnings } = await bundleModule(project, file, { isApp: false });
  printWarnings(warnings);
  const build = join(project.root, 'build');
  mkdirSync(build, { recursive: true });
  const folder = mkdtempSync(join(build, 'config-'));
  try {
    writeFolder(folder, files);
    const loaded = (await import(pathToFileURL(join(folder, 'index.js')).href)) as { default?: unknown };
    if (!('default' in loaded)) {
      throw new CommandError(`${CONFIG_FILE} has no default export. Write: export default defineConfig({ … }).`);
    }
    return loaded.default;
  } catch (error) {
    if (error instanceof CommandError) throw error;
    const { message } = error instanceof Error ? error : { message: String(error) };
    throw new CommandError(`${CONFIG_FILE} throws an error: ${message}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
