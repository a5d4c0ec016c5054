import { relative } from 'node:path';
import { type Check, error, type Finding, ok, warning } from './finding.js';
import { findInstalledCopies, type InstalledCopy } from './installed-packages.js';

/** Packages of which one process needs one copy, and what several of them break. */
const SINGLE = {
  twodoors: 'they do not know the controllers of each other',
  'class-validator': 'classes of one may be checked by the rules of the other',
  'reflect-metadata': 'types that one of them records may be unknown to the other',
} as const;

/** Whether there are second copies of what must be there once. */
export const checkCopies: Check = (project) => {
  const copies = findInstalledCopies(project.root, Object.keys(SINGLE));
  const findings = Object.entries(SINGLE).flatMap(([name, harm]) =>
    findCopies(project.root, name, harm, copies.get(name)!),
  );
  return findings.length > 0 ? findings : [ok('one copy each of twodoors, class-validator and reflect-metadata')];
};

function findCopies(root: string, name: string, harm: string, copies: readonly InstalledCopy[]): Finding[] {
  const versions = new Set(copies.map(({ version }) => version));
  // Copies of one version recognise each other.
  if (versions.size < 2) return [];
  const places = copies.map(({ version, folder }) => `${version} in ${relative(root, folder)}`).join(', ');
  const message = `There are several versions of ${name}, so ${harm}: ${places}.`;
  const fix = `Find out who brings them with npm ls ${name}, and update or "overrides" them to one version.`;
  return [name === 'twodoors' ? error(message, fix) : warning(message, fix)];
}
