import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Lambda's other releases of Node.js, beside the one that the budgets bind. */
const MAJORS = [22, 24] as const;

/** A Node.js to measure. */
export interface Release {
  /** `v22.23.1`. */
  readonly node: string;
  readonly path: string;
}

/** Finds the newest release of each major version; npm installs those that are missing. */
export async function findReleases(): Promise<Release[]> {
  const releases: Release[] = [];
  for (const major of MAJORS) {
    const args = ['--yes', `--package=node@${major}`, '--', 'node', '-p', 'process.version + " " + process.execPath'];
    const { stdout } = await promisify(execFile)('npx', args);
    const [node, path] = stdout.trim().split(' ') as [string, string];
    releases.push({ node, path });
  }
  return releases;
}
