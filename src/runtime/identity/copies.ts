import type { Copy } from './version-conflict.js';
import { loadVersionConflict } from './version-conflict.lazy.js';

/** The version of this copy of twodoors; the same as in package.json. */
export const VERSION = '0.1.0';

/** What all copies in this process share, whatever their version. */
const copies = sharedByAll<Copy[]>('twodoors.copies', () => []);

copies.push({ version: VERSION, url: () => import.meta.url });

/** What all copies of this version share in this process; `create` makes it for the first of them. */
export function sharedByCopies<T extends object>(name: string, create: () => T): T {
  return sharedByAll(`twodoors.${VERSION}.${name}`, create);
}

/** Says that this process has copies of several versions, where each is, and the fix; undefined where it has one. */
export function findVersionConflict(): string | undefined {
  return copies.every(isOfThisVersion) ? undefined : loadVersionConflict().versionConflictOf(copies);
}

function isOfThisVersion({ version }: Copy): boolean {
  return version === VERSION;
}

function sharedByAll<T extends object>(name: string, create: () => T): T {
  const shared = globalThis as unknown as Record<symbol, T | undefined>;
  const key = Symbol.for(name);
  shared[key] ??= create();
  return shared[key];
}
