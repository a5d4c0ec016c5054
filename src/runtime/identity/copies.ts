/** The version of this copy of twodoors; the same as in package.json. */
export const VERSION = '0.1.0';

/** A copy of twodoors in this process. */
export interface Copy {
  readonly version: string;
  /** Where it was loaded from. */
  readonly url: () => string;
}

/** What all copies in this process share, whatever their version. */
export const copies = sharedByAll<Copy[]>('twodoors.copies', () => []);

copies.push({ version: VERSION, url: () => import.meta.url });

/** What all copies of this version share in this process; `create` makes it for the first of them. */
export function sharedByCopies<T extends object>(name: string, create: () => T): T {
  return sharedByAll(`twodoors.${VERSION}.${name}`, create);
}

/** Whether this process has copies of several versions. */
export function hasSeveralVersions(): boolean {
  return copies.some(({ version }) => version !== VERSION);
}

function sharedByAll<T extends object>(name: string, create: () => T): T {
  const shared = globalThis as unknown as Record<symbol, T | undefined>;
  const key = Symbol.for(name);
  shared[key] ??= create();
  return shared[key];
}
