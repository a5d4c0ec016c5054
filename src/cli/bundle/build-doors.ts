import { join } from 'node:path';
import type { Project } from '../project/project.js';
import { printWarnings } from '../warnings.js';
import { type BundleOptions, bundleLambda, type LambdaBundle } from './bundle-lambda.js';
import { bundleServer } from './bundle-server.js';
import { writeFolder } from './files/write-folder.js';

/** A Lambda bundle, and the folder that it was written to. */
export interface BuiltFunction extends LambdaBundle {
  /** Absolute. */
  readonly folder: string;
}

/**
 * Builds the Koa door to `build/koa`, and returns the path of its entry.
 *
 * @throws CommandError if it cannot be built
 */
export async function buildServer(project: Project): Promise<string> {
  const { files, warnings } = await bundleServer(project);
  printWarnings(warnings);
  const folder = join(project.root, 'build/koa');
  writeFolder(folder, files);
  return join(folder, 'index.js');
}

/**
 * Builds the Lambda door to `build/lambda`.
 *
 * @throws CommandError if it cannot be built
 */
export async function buildFunction(project: Project, options: BundleOptions = {}): Promise<BuiltFunction> {
  const bundle = await bundleLambda(project, options);
  printWarnings(bundle.warnings);
  const folder = join(project.root, 'build/lambda');
  writeFolder(folder, bundle.files);
  return { ...bundle, folder };
}
