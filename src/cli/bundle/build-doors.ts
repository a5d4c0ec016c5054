import { join } from 'node:path';
import { buildFolder } from '../project/build-folder.js';
import type { Project } from '../project/project.js';
import { printWarnings } from '../warnings.js';
import { type BundleOptions, bundleLambda, type LambdaBundle } from './bundle-lambda.js';
import { bundleServer, type ServerBundle, type ServerOptions } from './bundle-server.js';
import { writeFolder } from './files/write-folder.js';

/** A Lambda bundle, and the folder that it was written to. */
export interface BuiltFunction extends LambdaBundle {
  /** Absolute. */
  readonly folder: string;
}

/** A server, and the folder that it was written to. */
export interface BuiltServer extends ServerBundle {
  /** Absolute. */
  readonly folder: string;
  /** The path of its entry. */
  readonly entry: string;
}

/**
 * Builds the Koa door to `build/koa`, or for this machine alone to `build/dev/koa`.
 *
 * @throws CommandError if it cannot be built
 */
export async function buildServer(project: Project, options: ServerOptions = {}): Promise<BuiltServer> {
  const bundle = await bundleServer(project, options);
  printWarnings(bundle.warnings);
  const folder = buildFolder(project, 'koa', options.isLocal);
  writeFolder(folder, bundle.files);
  return { ...bundle, folder, entry: join(folder, 'index.js') };
}

/**
 * Builds the Lambda door to `build/lambda`, or for this machine alone to `build/dev/lambda`.
 *
 * @throws CommandError if it cannot be built
 */
export async function buildFunction(project: Project, options: BundleOptions = {}): Promise<BuiltFunction> {
  const bundle = await bundleLambda(project, options);
  printWarnings(bundle.warnings);
  const folder = buildFolder(project, 'lambda', options.isLocal);
  writeFolder(folder, bundle.files);
  return { ...bundle, folder };
}
