import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import type { Project } from './project.js';

/**
 * This process's environment, and what a project's `.env` adds to it; what is set goes before what is in the file. For
 * what runs on this machine only: nothing that is built or deployed has anything of the file.
 */
export function environmentOf(project: Project): NodeJS.ProcessEnv {
  return { ...readEnvFile(project), ...process.env };
}

/** What `.env` says, for a function that gets nothing else of this process; what is set goes before it here as well. */
export function fileEnvironmentOf(project: Project): Record<string, string> {
  const entries = Object.entries(readEnvFile(project)).map(([name, value]) => [name, process.env[name] ?? value]);
  return Object.fromEntries(entries) as Record<string, string>;
}

function readEnvFile(project: Project): NodeJS.Dict<string> {
  try {
    return parseEnv(readFileSync(join(project.root, '.env'), 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}
