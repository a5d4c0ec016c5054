import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { BENCH } from './places.js';

/** The environment of every process that is measured: the same for all, and nothing of who started it. */
export function environment(fillers: number): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '', NODE_ENV: 'production', FILLERS: String(fillers) };
}

/** Where a program of ours lies, once it is bundled. */
export const program = (name: string): string => join(BENCH, 'build/bench', `${name}.cjs`);

/** Runs one of our programs in a fresh process and gives the JSON that it prints. */
export async function runChild<T>(
  name: string,
  args: readonly string[],
  options: { readonly fillers?: number; readonly flags?: readonly string[]; readonly node?: string | undefined } = {},
): Promise<T> {
  const { fillers = 0, flags = [], node = process.execPath } = options;
  const { stdout, stderr } = await promisify(execFile)(node, [...flags, program(name), ...args], {
    env: environment(fillers),
    maxBuffer: 16 * 1024 * 1024,
  });
  try {
    return JSON.parse(stdout) as T;
  } catch {
    throw new Error(`${name} ${args[0]} ${args[1] ?? ''} printed no result: ${stdout}${stderr}`);
  }
}
