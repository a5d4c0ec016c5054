/** The version of this copy of twodoors; the same as in package.json. */
export const VERSION = '0.1.0';

/** A copy of twodoors in this process. */
export interface Copy {
  readonly version: string;
  /** Where it was loaded from. */
  readonly url: () => string;
}

/** What all copies in this process share, whatever their version. */
const copies = sharedByAll<Copy[]>('twodoors.copies', () => []);

copies.push({ version: VERSION, url: () => import.meta.url });

/** What all copies of this version share in this process; `create` makes it for the first of them. */
export function sharedByCopies<T extends object>(name: string, create: () => T): T {
  return sharedByAll(`twodoors.${VERSION}.${name}`, create);
}

/** Says that this process has copies of several versions, where each is, and the fix; undefined where it has one. */
export function findVersionConflict(): string | undefined {
  if (copies.every(({ version }) => version === VERSION)) return undefined;
  const places = copies.map(
    ({ version, url }) => `${version} (${decodeURIComponent(url().replace(/^file:\/\//, ''))})`,
  );
  return describeVersionConflict(places);
}

/** Says that there are copies of several versions. `places` are their versions, with their paths. */
export function describeVersionConflict(places: readonly string[]): string {
  return `There are several versions of twodoors: ${[...new Set(places)].join(', ')}. They do not recognise each other's controllers, replies and errors. Install one version: npm dedupe, or make twodoors a peer dependency of the library.`;
}

function sharedByAll<T extends object>(name: string, create: () => T): T {
  const shared = globalThis as unknown as Record<symbol, T | undefined>;
  const key = Symbol.for(name);
  shared[key] ??= create();
  return shared[key];
}
