import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';

/**
 * The peak memory of a process, in MB. Only Linux keeps it; elsewhere this is the memory that the process has now.
 * Undefined if the system tells neither.
 */
export async function peakMemory(pid: number): Promise<number | undefined> {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    if (kilobytes !== undefined) return toMegabytes(kilobytes);
  } catch {
    // The process is gone, or the system has no /proc.
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
