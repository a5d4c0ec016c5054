import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readManifest } from '../project/manifest.js';
import { type Check, error, type Finding, ok, warning } from './finding.js';
import { isInVersionRange } from './version-range.js';

/** Whether this Node.js can run twodoors. */
export const checkNode: Check = (project) => [
  findNodeMistake(process.versions.node),
  ...findEnginesMistake(readManifest(join(project.root, 'package.json')).engines),
];

/** Versions of Node.js that cannot run twodoors, each the last of its line. */
const TOO_OLD = ['18.20.8', '20.18.3', '22.11.0'];

/** What is wrong with the `engines` of an app, by which hosts choose their Node.js. */
function findEnginesMistake(engines: unknown): Finding[] {
  const { node } = Object(engines) as { readonly node?: unknown };
  if (typeof node !== 'string' || !/^[\^>=\d. |]+$/.test(node)) return [];
  if (!TOO_OLD.some((version) => isInVersionRange(version, node))) return [];
  return [
    warning(
      `"engines" in package.json allow a Node.js that cannot run twodoors: ${node}.`,
      `Set "engines": { "node": "${nodeRange()}" }.`,
    ),
  ];
}

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
