import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, cpus, loadavg, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { LAMBDA_CANDIDATES, SERVER_CANDIDATES } from './candidates.js';
import { BENCH, REPOSITORY } from './places.js';
import type { Machine } from './results.js';

/** What this runs on. */
export function describeMachine(): Machine {
  return {
    node: process.version,
    system: `${platform()} ${release()} ${arch()}`,
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    loadBefore: loadavg()[0]!,
  };
}

/** The versions of all that candidates stand on, in the order of their names. */
export function readVersions(): Record<string, string> {
  const names = [...LAMBDA_CANDIDATES, ...SERVER_CANDIDATES].flatMap(({ packages }) => packages);
  const versions = [...new Set(names)].sort().map((name) => [name, versionOf(name, BENCH)] as const);
  assertSame('koa');
  assertSame('@koa/router');
  assertSame('class-validator');
  return Object.fromEntries(versions);
}

function versionOf(name: string, folder: string): string {
  const manifest = createRequire(join(folder, 'package.json'))
    .resolve.paths(name)!
    .map((path) => join(path, name, 'package.json'));
  for (const path of manifest) {
    try {
      return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
    } catch {
      // The next folder up.
    }
  }
  throw new Error(`${name} is not installed for ${folder}. Remove bench/node_modules and run npm run bench again.`);
}

/** What ours and its peers both stand on has to be the same for both. */
function assertSame(name: string): void {
  const [here, there] = [versionOf(name, BENCH), versionOf(name, REPOSITORY)];
  if (here === there) return;
  throw new Error(
    `${name} is ${there} for twodoors and ${here} for its peers, so that they cannot be compared. ` +
      `Run npm install --save-dev --save-exact ${name}@${there} in bench/.`,
  );
}
