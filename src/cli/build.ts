import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { BuildError } from './build-error.js';
import { bundleLambda, type LambdaBundle } from './bundle-lambda.js';
import { bundleServer } from './bundle-server.js';
import { explainCircularImport } from './circular-imports.js';
import { tryToLoad } from './load-check.js';
import { printWarnings, writeFolder } from './output.js';
import { BOOTSTRAPS, bootstrapOf, type Door, hasDoor, type Project } from './project.js';
import { zip } from './zip.js';

/** `twodoors build`: builds a door, or every door that the project has, into `build/`. */
export async function build(project: Project, door?: Door): Promise<void> {
  if (door === 'koa') return void (await buildServer(project));
  if (door === 'lambda') return buildLambda(project);
  if (!hasDoor(project, 'koa') && !hasDoor(project, 'lambda')) {
    throw new BuildError(
      `There is nothing to build in ${project.root}: neither ${BOOTSTRAPS.koa} nor ${BOOTSTRAPS.lambda} is there. Write one of them.`,
    );
  }
  if (hasDoor(project, 'koa')) await buildServer(project);
  if (hasDoor(project, 'lambda')) await buildLambda(project);
}

/** Builds the Koa door to `build/koa`, and gives the path of its entry. */
export async function buildServer(project: Project): Promise<string> {
  const { files, warnings } = await bundleServer(project);
  printWarnings(warnings);
  writeFolder(join(project.root, 'build/koa'), files);
  return join(project.root, 'build/koa/index.js');
}

/** Builds the Lambda door to `build/lambda`, and gives that folder, and what is in it. */
export async function buildFunction(project: Project): Promise<LambdaBundle & { readonly folder: string }> {
  const bundle = await bundleLambda(project);
  printWarnings(bundle.warnings);
  const folder = join(project.root, 'build/lambda');
  writeFolder(folder, bundle.files);
  return { ...bundle, folder };
}

async function buildLambda(project: Project): Promise<void> {
  const { files, modules } = await buildFunction(project);
  const archive = zip(files);
  writeFileSync(join(project.root, 'build/lambda.zip'), archive);
  const code = files.get('index.js')!;
  const sizes = `${kilobytes(code)}, ${kilobytes(gzipSync(code))} gzip`;
  console.log(`build/lambda/index.js  ${sizes}, ${modules.length} modules, handler index.handler`);
  console.log(`build/lambda.zip       ${kilobytes(archive)}`);
  await checkThatItLoads(project);
}

/** Lambda would load it, and fail: what is wrong with the app itself is said here. */
async function checkThatItLoads(project: Project): Promise<void> {
  const error = await tryToLoad(join(project.root, 'build/lambda/index.js'));
  if (error === undefined) return;
  if (error.name === 'StartupError') throw new BuildError(error.message);
  const circular = await explainCircularImport(project, bootstrapOf(project, 'lambda'), error);
  if (circular !== undefined) throw circular;
  const [line] = error.message.split('\n');
  printWarnings([`the bundle does not load on this machine, which may be for what it lacks: ${line}`]);
}

function kilobytes({ byteLength }: Uint8Array): string {
  return `${(byteLength / 1024).toFixed(1)} KB`;
}
