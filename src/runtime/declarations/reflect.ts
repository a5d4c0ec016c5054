import 'reflect-metadata/lite';

// The only file that uses Reflect. In bundles where nothing else imports reflect-metadata, `reflect-slim.ts` replaces it.

/** The metadata of an object itself, or of one of its members; undefined where it has none. */
export function ownMetadata(key: string, target: object, member?: string | symbol): unknown {
  return member === undefined ? Reflect.getOwnMetadata(key, target) : Reflect.getOwnMetadata(key, target, member);
}

/** As {@link ownMetadata}, but inherited metadata counts too. */
export function inheritedMetadata(key: string, target: object, member: string | symbol): unknown {
  return Reflect.getMetadata(key, target, member);
}

/** Writes metadata on an object, or on one of its members. */
export function writeMetadata(key: string, value: unknown, target: object, member?: string | symbol): void {
  if (member === undefined) Reflect.defineMetadata(key, value, target);
  else Reflect.defineMetadata(key, value, target, member);
}
