import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import type { Project } from './project.js';

/**
 * The environment of this process, with the variables of the project's `.env` added. A variable that is already set wins.
 * Only what runs on this machine reads `.env`: nothing of it reaches a build or a deployment.
 */
export function environmentWithFile(project: Project): NodeJS.ProcessEnv {
  return { ...readEnvFile(project), ...process.env };
}

/**
 * Only the variables that `.env` names, for a function that gets nothing else from this process. A variable that is
 * already set in this process wins here too.
 */
export function fileEnvironment(project: Project): Record<string, string> {
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
