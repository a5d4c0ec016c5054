import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError } from '../command-error.js';
import { type FunctionSettings, functionSettings } from '../config/function-settings.js';
import type { IacTool } from '../deploy/deployment.js';
import { BOOTSTRAPS, bootstrapOf, type DoorName, hasDoor } from '../project/bootstrap.js';
import { buildFolder } from '../project/build-folder.js';
import { warnOfNativePackages } from '../project/native-package.js';
import type { Project } from '../project/project.js';
import { codeSha256, summarise, warnOfHeavyPackages } from '../report/bundle-summary.js';
import { warnOfLargeFiles, warnOfZipSize } from '../report/large-files.js';
import { sharesOf } from '../report/package-share.js';
import { summariseServer } from '../report/server-summary.js';
import { printWarnings } from '../warnings.js';
import { buildFunction, buildServer } from './build-doors.js';
import type { ServerOptions } from './bundle-server.js';
import { explainCircularImport } from './circular-imports.js';
import { writeAssets } from './files/asset-folder.js';
import { addToFolder } from './files/write-folder.js';
import { zip } from './files/zip.js';
import { zippedFiles } from './files/zipped-files.js';
import { tryToLoad } from './load-check.js';
import { platformOf } from './packages/platform.js';
import { readZipPackages } from './packages/zip-packages.js';
import { appFolders } from './server/app-folders.js';

/** What to build, and how. */
export interface BuildOptions {
  /** Default: every door that the project has. */
  readonly door?: DoorName | undefined;
  /** The server. Default: its packages are in it. */
  readonly server?: ServerOptions;
  /** The Lambda function. Default: the settings of a project without a config. */
  readonly settings?: FunctionSettings;
  /** Every deployment of the zip: that of each stage. Default: that of `settings`. */
  readonly stages?: readonly FunctionSettings[];
  /** Whether to list every package and module of the Lambda bundle. Default: false. */
  readonly isVerbose?: boolean;
  /** The tool to generate IaC files for, below `deploy/`. Default: none. */
  readonly iac?: IacTool | undefined;
  /** What the IaC files deploy. Default: every stage. */
  readonly deployed?: readonly FunctionSettings[];
  /** Whether to overwrite an IaC file that was edited. Default: false. */
  readonly isForced?: boolean;
  /** Whether the Lambda bundle has the plan of its app in it. Default: true. */
  readonly isPlanned?: boolean;
  /** The folder to write the public files to, for S3. Default: none. */
  readonly assets?: string | undefined;
  /** The path to request in measured cold starts. Default: cold starts are not measured. */
  readonly reportPath?: string | undefined;
}

/**
 * Builds a door, or every door that the project has, into `build/`.
 *
 * @throws CommandError if there is nothing to build, or it cannot be built
 */
export async function buildProject(project: Project, options: BuildOptions = {}): Promise<void> {
  const { door, reportPath, iac, assets, deployed } = options;
  const needsLambda = Object.entries({
    '--report': reportPath,
    '--iac': iac,
    '--stage': deployed,
    '--assets': assets,
  })
    .filter(([, value]) => value !== undefined)
    .map(([flag]) => flag);
  if (door === 'koa' && needsLambda.length > 0) {
    throw new CommandError(`${needsLambda[0]} needs the Lambda build. Use twodoors build lambda.`);
  }
  if (door === undefined && !hasDoor(project, 'koa') && !hasDoor(project, 'lambda')) {
    throw new CommandError(
      `There is nothing to build in ${project.root}. Write ${BOOTSTRAPS.koa} or ${BOOTSTRAPS.lambda}.`,
    );
  }
  if (door === 'koa' || (door === undefined && hasDoor(project, 'koa'))) await buildKoa(project, options.server);
  if (door === 'lambda' || (door === undefined && (hasDoor(project, 'lambda') || needsLambda.length > 0))) {
    await buildLambda(project, options);
  }
}

async function buildKoa(project: Project, options: ServerOptions = { hasPackages: true }): Promise<void> {
  const folders = await appFolders(project);
  console.log(summariseServer(await buildServer(project, { ...options, folders }), options.hasPackages === true));
}

async function buildLambda(project: Project, options: BuildOptions): Promise<void> {
  const { settings = functionSettings({}, project.name), isVerbose, iac, reportPath, assets } = options;
  const { stages = [settings], deployed = stages } = options;
  const deployment = iac === undefined ? undefined : await import('../deploy/deployment-files.js');
  // Settings that cannot be deployed fail before the build.
  deployment?.generateDeployment(project.root, iac!, deployed, '');
  const packages = readZipPackages(project.root, settings.zipPackages, stages.map(platformOf));
  const isPlanned = options.isPlanned ?? true;
  const bundle = await buildFunction(project, { ...settings, isPlanned });
  const large = deployed.flatMap((each) => warnOfLargeFiles(bundle.publicFiles, each));
  const unzipped = new Map([...zippedFiles(bundle.files, stages), ...packages.files]);
  // The bundler's own code has its name, but is not the package.
  const installed = bundle.modules.filter(({ name }) => name.startsWith('node_modules/'));
  const native = warnOfNativePackages(
    project.root,
    sharesOf(installed).map(({ name }) => name),
  );
  printWarnings([...warnOfHeavyPackages(bundle.modules), ...native, ...new Set(large), ...warnOfZipSize(unzipped)]);
  const archive = zip(unzipped, packages.executables);
  writeFileSync(join(project.root, 'build/lambda.zip'), archive);
  console.log(summarise(bundle, archive, isVerbose, packages.files));
  await checkThatItLoads(project, bundle.entry, isPlanned);
  if (assets !== undefined) console.log(writeAssets(project, assets, bundle.folders, bundle.publicFiles));
  if (deployment !== undefined) {
    const files = deployment.generateDeployment(project.root, iac!, deployed, codeSha256(archive));
    const { written, warnings } = deployment.writeDeployment(project.root, files, options.isForced === true);
    for (const name of written) console.log(name);
    printWarnings(warnings);
  }
  if (reportPath !== undefined) {
    const { reportColdStart } = await import('../report/cold-start-report.js');
    console.log(`\n${await reportColdStart(project, settings, reportPath, isPlanned)}`);
  }
  // Until here, the bundle has used the packages of this machine.
  addToFolder(bundle.folder, packages.files);
}

/** Lambda would load the bundle and fail, so mistakes of the app itself are reported now. */
async function checkThatItLoads(project: Project, entry: string, isPlanned: boolean): Promise<void> {
  const { error, plans } = await tryToLoad(join(buildFolder(project, 'lambda'), entry), project.root);
  if (error === undefined) {
    if (isPlanned && plans.length > 0) printWarnings([CHANGING]);
    return;
  }
  if (error.name === 'StartupError') throw new CommandError(error.message);
  const circular = await explainCircularImport(project, bootstrapOf(project, 'lambda'), error);
  if (circular !== undefined) throw circular;
  const reason = error.message.replace(/\.?(?:\n.*)?$/s, '');
  const unplanned = isPlanned
    ? ' Each cold start then reads the app, because it could not be planned here: set what it needs for the build, such as its environment variables.'
    : '';
  printWarnings([
    `the bundle does not load on this machine: ${reason}. Ignore this if it needs something that only Lambda has.${unplanned}`,
  ]);
}

const CHANGING =
  'each cold start reads the app, because it is another at each start: its controllers, their paths or its options change. Make them constant, and the build plans the app.';
