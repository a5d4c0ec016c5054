import { readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CommandError } from '../../command-error.js';

/** The Lambda runtimes: the one in twodoors, and AWS's package. */
export const RUNTIMES = ['twodoors', 'aws-lambda-ric'] as const;

/** The name of a runtime. */
export type RuntimeName = (typeof RUNTIMES)[number];

/** The arguments with which a sandbox starts Node.js. */
export type RuntimeCommand = readonly string[];

/**
 * Finds a runtime.
 *
 * @param root the project, which must have aws-lambda-ric installed to use it
 * @param handler such as `index.handler`
 * @throws CommandError if aws-lambda-ric is not installed
 */
export function findRuntime(name: RuntimeName, root: string, handler: string): RuntimeCommand {
  // Yarn PnP gives virtual paths, which only processes with its loader can read.
  if (name === 'twodoors') return [realpathSync(fileURLToPath(new URL('../runtime/main.js', import.meta.url)))];
  let manifest: string;
  try {
    manifest = createRequire(join(root, 'package.json')).resolve('aws-lambda-ric/package.json');
  } catch {
    throw new CommandError(
      `aws-lambda-ric is not installed in ${root}. Remove --runtime to use the runtime in twodoors, or install the package: npm install --save-dev aws-lambda-ric. It is compiled with cmake, autoconf, automake, libtool, g++, make and Python.`,
    );
  }
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: string | Record<string, string> };
  const script = typeof bin === 'string' ? bin : bin['aws-lambda-ric']!;
  // Up to version 3 it takes the handler from its arguments, since then from `_HANDLER`.
  return [join(dirname(manifest), script), handler];
}
