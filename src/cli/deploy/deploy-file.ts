import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A description of a deployment, as it is to be written. */
export interface DeployFile {
  /** Relative to the project. */
  readonly name: string;
  readonly content: string;
  /** What a comment begins with. */
  readonly comment: '#' | '//';
}

/** What became of a file: written, or left as it was. */
export type Written = 'written' | 'unchanged' | 'kept';

/**
 * Writes a file, unless somebody else changed or wrote it: its first line says a hash of what twodoors wrote, so that any
 * change shows.
 *
 * @param isForced whether it is written all the same
 */
export function writeDeployFile(root: string, { name, content, comment }: DeployFile, isForced: boolean): Written {
  const path = join(root, name);
  const hash = hashOf(content);
  const line = `${comment} Written by twodoors build --iac (${hash}). Change it as you like: it is then not written again.\n`;
  if (existsSync(path)) {
    const there = readFileSync(path, 'utf8');
    if (there === line + content) return 'unchanged';
    if (!isForced && !isOurs(there)) return 'kept';
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, line + content);
  return 'written';
}

/** Whether a file is as some twodoors wrote it; a checkout may have changed the ends of its lines. */
function isOurs(there: string): boolean {
  const [, hash, content] =
    /^(?:#|\/\/) Written by twodoors build --iac \(([0-9a-f]+)\)\.[^\n]*\n([\s\S]*)$/.exec(
      there.replaceAll('\r\n', '\n'),
    ) ?? [];
  return content !== undefined && hash === hashOf(content);
}

function hashOf(content: string): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 12);
}
