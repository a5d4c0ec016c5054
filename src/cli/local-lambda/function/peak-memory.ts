import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';

/**
 * The most memory that a process has had at once, in MB; where the system does not keep that (all but Linux), what it has
 * now. Undefined where neither can be told.
 */
export async function peakMemory(pid: number): Promise<number | undefined> {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    if (kilobytes !== undefined) return toMegabytes(kilobytes);
  } catch {
    // No such process any more, or no /proc.
  }
  if (process.platform === 'linux' || process.platform === 'win32') return undefined;
  try {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
    return toMegabytes(stdout);
  } catch {
    return undefined;
  }
}

function toMegabytes(kilobytes: string): number {
  return Math.ceil(Number(kilobytes) / 1024);
}
