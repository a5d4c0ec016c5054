import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError } from '../command-error.js';
import { type FunctionSettings, functionSettings } from '../config/function-settings.js';
import type { DeployFile } from '../deploy/deploy-file.js';
import type { IacTool } from '../deploy/deployment.js';
import { BOOTSTRAPS, bootstrapOf, type Door, hasDoor, type Project } from '../project/project.js';
import { summarise, warnOfHeavy } from '../report/bundle-summary.js';
import { type BundleOptions, bundleLambda, type LambdaBundle } from './bundle-lambda.js';
import { bundleServer } from './bundle-server.js';
import { explainCircularImport } from './circular-imports.js';
import { tryToLoad } from './load-check.js';
import { printWarnings, writeFolder } from './write-folder.js';
import { zip } from './zip.js';

/** What is built, and how. */
export interface BuildOptions {
  /** Default: every door that the project has. */
  readonly door?: Door | undefined;
  /** The Lambda function. Default: as without a config. */
  readonly settings?: FunctionSettings;
  /** Whether every package and module of it is listed. Default: false. */
  readonly isVerbose?: boolean;
  /** The tool that the function is described for, below `deploy/`. Default: none. */
  readonly iac?: IacTool | undefined;
  /** Whether the description is written over one that was changed. Default: false. */
  readonly isForced?: boolean;
  /** The path that is asked in measured cold starts. Default: none are measured. */
  readonly report?: string | undefined;
}

/** `twodoors build`: builds a door, or every door that the project has, into `build/`. */
export async function build(project: Project, options: BuildOptions = {}): Promise<void> {
  const { door, report, iac } = options;
  if (door === 'koa' && (report !== undefined || iac !== undefined)) {
    throw new CommandError(
      `${iac === undefined ? 'Cold starts are' : 'What is deployed is'} of the Lambda door: twodoors build lambda.`,
    );
  }
  if (door === 'koa') return void (await buildServer(project));
  if (door === 'lambda') return buildLambda(project, options);
  if (!hasDoor(project, 'koa') && !hasDoor(project, 'lambda')) {
    throw new CommandError(
      `There is nothing to build in ${project.root}: neither ${BOOTSTRAPS.koa} nor ${BOOTSTRAPS.lambda} is there. Write one of them.`,
    );
  }
  if (hasDoor(project, 'koa')) await buildServer(project);
  if (hasDoor(project, 'lambda') || iac !== undefined || report !== undefined) await buildLambda(project, options);
}

/** Builds the Koa door to `build/koa`, and gives the path of its entry. */
export async function buildServer(project: Project): Promise<string> {
  const { files, warnings } = await bundleServer(project);
  printWarnings(warnings);
  writeFolder(join(project.root, 'build/koa'), files);
  return join(project.root, 'build/koa/index.js');
}

/** Builds the Lambda door to `build/lambda`, and gives that folder, and what is in it. */
export async function buildFunction(
  project: Project,
  options: BundleOptions = {},
): Promise<LambdaBundle & { readonly folder: string }> {
  const bundle = await bundleLambda(project, options);
  printWarnings(bundle.warnings);
  const folder = join(project.root, 'build/lambda');
  writeFolder(folder, bundle.files);
  return { ...bundle, folder };
}

async function buildLambda(project: Project, options: BuildOptions): Promise<void> {
  const { settings = functionSettings({}, project.name), isVerbose, iac, report } = options;
  // What cannot be deployed is said before anything is built.
  const description = iac === undefined ? undefined : await describeFor(iac, settings);
  const bundle = await buildFunction(project, settings);
  printWarnings(warnOfHeavy(bundle.modules));
  const archive = zip(bundle.files);
  writeFileSync(join(project.root, 'build/lambda.zip'), archive);
  console.log(summarise(bundle, archive, isVerbose));
  await checkThatItLoads(project, bundle.entry);
  if (description !== undefined) await writeDescription(project, description, options.isForced === true);
  if (report === undefined) return;
  const { reportColdStart } = await import('../report/cold-start-report.js');
  console.log(`\n${await reportColdStart(project, settings, report)}`);
}

async function describeFor(tool: IacTool, settings: FunctionSettings): Promise<DeployFile> {
  return (await import('../deploy/describe.js')).describe(tool, settings);
}

async function writeDescription(project: Project, file: DeployFile, isForced: boolean): Promise<void> {
  const { writeDeployFile } = await import('../deploy/deploy-file.js');
  if (writeDeployFile(project.root, file, isForced) !== 'kept') return console.log(file.name);
  const other = `build/${file.name}`;
  writeDeployFile(project.root, { ...file, name: other }, true);
  printWarnings([
    `${file.name} was changed since twodoors wrote it, and is left as it is. What it would be is in ${other}; --force writes it.`,
  ]);
}

/** Lambda would load it, and fail: what is wrong with the app itself is said here. */
async function checkThatItLoads(project: Project, entry: string): Promise<void> {
  const error = await tryToLoad(join(project.root, 'build/lambda', entry));
  if (error === undefined) return;
  if (error.name === 'StartupError') throw new CommandError(error.message);
  const circular = await explainCircularImport(project, bootstrapOf(project, 'lambda'), error);
  if (circular !== undefined) throw circular;
  const [line] = error.message.split('\n');
  printWarnings([`the bundle does not load on this machine, which may be for what it lacks: ${line}`]);
}
