import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CommandError } from '../../command-error.js';

/** The runtimes that there are: our own, and AWS's package. */
export const RUNTIMES = ['twodoors', 'aws-lambda-ric'] as const;

/** A name of a runtime. */
export type RuntimeName = (typeof RUNTIMES)[number];

/** The script that a sandbox runs, as arguments of Node. */
export type RuntimeCommand = readonly string[];

/**
 * Finds a runtime.
 *
 * @param root the project, whose own aws-lambda-ric is taken
 * @param handler as in `index.handler`
 * @throws CommandError where aws-lambda-ric is not installed
 */
export function findRuntime(name: RuntimeName, root: string, handler: string): RuntimeCommand {
  if (name === 'twodoors') return [fileURLToPath(new URL('../runtime/main.js', import.meta.url))];
  let manifest: string;
  try {
    manifest = createRequire(join(root, 'package.json')).resolve('aws-lambda-ric/package.json');
  } catch {
    throw new CommandError(
      `aws-lambda-ric is not installed in ${root}. Install it, which compiles it (it needs cmake, autoconf, automake, libtool, g++, make and Python): npm install --save-dev aws-lambda-ric. Or leave out --runtime: twodoors has a runtime of its own.`,
    );
  }
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: string | Record<string, string> };
  const script = typeof bin === 'string' ? bin : bin['aws-lambda-ric']!;
  // Up to version 3 it reads the handler here, later in `_HANDLER`.
  return [join(dirname(manifest), script), handler];
}
