import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The testing kit puts its secret here, so that also a bundle with a copy of this module finds it. */
const TESTING_SECRET = Symbol.for('twodoors.testing-secret');

const shared = globalThis as { [TESTING_SECRET]?: string };

/** Gives sessions without a secret one for this process; for the testing kit. */
export function provideTestingSecret(): void {
  shared[TESTING_SECRET] ??= newSecret();
}

/** The secret of the testing kit; undefined where the kit is not loaded. */
export function testingSecret(): string | undefined {
  return shared[TESTING_SECRET];
}

let developmentSecret: string | undefined;

/**
 * This machine's own secret for development, made when it is first needed and kept in the user's folder, so that sessions
 * outlive a restart. Warns once in a process.
 */
export function machineSecret(): string {
  developmentSecret ??= readMachineSecret();
  return developmentSecret;
}

function readMachineSecret(): string {
  const folder = join(process.env['XDG_STATE_HOME'] || join(homedir(), '.local', 'state'), 'twodoors');
  const file = join(folder, 'development-secret');
  const advice = 'Outside of development it must be set: sessions({ secret: () => process.env.SECRET }).';
  try {
    const secret = readOrMake(folder, file);
    console.warn(`sessions(): no secret is set. It uses this machine's own from ${file}. ${advice}`);
    return secret;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    console.warn(`sessions(): no secret is set. It uses a random one until the process ends (${reason}). ${advice}`);
    return newSecret();
  }
}

function readOrMake(folder: string, file: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    writeFileSync(file, newSecret(), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const secret = readFileSync(file, 'utf8').trim();
  if (secret.length < 32) throw new Error(`${file} is not a secret; delete it`);
  return secret;
}

function newSecret(): string {
  return randomBytes(32).toString('base64url');
}
