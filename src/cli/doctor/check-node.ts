import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readManifest } from '../project/manifest.js';
import { type Check, error, type Finding, ok } from './finding.js';
import { isInVersionRange } from './version-range.js';

/** Whether this Node.js can run twodoors. */
export const checkNode: Check = () => [findNodeMistake(process.versions.node)];

/** @param version such as `22.11.0` */
export function findNodeMistake(version: string): Finding {
  const range = nodeRange();
  if (isInVersionRange(version, range)) return ok(`Node.js ${version}`);
  return error(
    `Node.js ${version} cannot run twodoors, which needs ${range}.`,
    'Install Node.js 22 or 24 in its latest version.',
  );
}

/** The `engines` of twodoors. */
function nodeRange(): string {
  const { engines } = readManifest(join(fileURLToPath(new URL('../../../', import.meta.url)), 'package.json'));
  return (engines as { readonly node: string }).node;
}
