import { plural } from '../plural.js';
import type { Project } from '../project/project.js';
import { checkCopies } from './check-copies.js';
import { checkDoors } from './check-doors.js';
import { checkMetadata } from './check-metadata.js';
import { checkNode } from './check-node.js';
import { checkPeers } from './check-peers.js';
import { checkTypeImports } from './check-type-imports.js';
import { checkTypeScript } from './check-typescript.js';
import type { Check, Finding } from './finding.js';

const CHECKS: readonly Check[] = [
  checkNode,
  checkTypeScript,
  checkMetadata,
  checkCopies,
  checkTypeImports,
  checkPeers,
  checkDoors,
];

/** Runs every check on a project. */
export async function examine(project: Project): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const check of CHECKS) findings.push(...(await check(project)));
  return findings;
}

/** The findings as text, one after the other, each with its fix, and their count at the end. */
export function describeFindings(findings: readonly Finding[]): string {
  const count = (level: Finding['level']) => findings.filter((finding) => finding.level === level).length;
  const lines = findings.map(({ level, message, fix }) => {
    const text = `${level.padEnd(7)}  ${message.replaceAll('\n', '\n         ')}`;
    return fix === undefined ? text : `${text}\n         Fix: ${fix}`;
  });
  return [...lines, '', `${plural(count('error'), 'error')}, ${plural(count('warning'), 'warning')}`].join('\n');
}
