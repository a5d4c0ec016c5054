import type { Copy } from './version-conflict.js';

/** The version of this copy of twodoors; the same as in package.json. */
export const VERSION = '0.1.0';

/** What all copies in this process share. */
const shared = globalThis as unknown as Record<symbol, object | undefined>;

const COPIES = Symbol.for('twodoors.copies');
shared[COPIES] ??= [];

/** All copies of twodoors in this process, of whatever version. */
export const copies = shared[COPIES] as Copy[];

copies.push({ version: VERSION, url: () => import.meta.url });

/** What all copies of this version share in this process: what the first of them gives. */
export function sharedByCopies<T extends object>(name: string, first: T): T {
  const key = Symbol.for(`twodoors.${VERSION}.${name}`);
  shared[key] ??= first;
  return shared[key] as T;
}
