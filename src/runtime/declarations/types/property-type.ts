import type { Class } from '../class.js';
import { inheritedMetadata, writeMetadata } from '../reflect/reflect.js';

const KEY = 'twodoors:type';
const SECRET = 'twodoors:secret';

/** Records the type of a property with `@Type`. */
export function recordPropertyType(target: object, name: string | symbol, get: () => unknown): void {
  writeMetadata(KEY, get, target, name);
}

/** The type of a property with `@Type`, of the class or a base class; undefined without the decorator. */
export function recordedPropertyType(type: Class, name: string): (() => unknown) | undefined {
  return inheritedMetadata(KEY, type.prototype as object, name) as (() => unknown) | undefined;
}

/** Copies what `@Type`, `@Secret` and the compiler have recorded for a property to another class. */
export function copyPropertyType(from: Class, to: Class, name: string): void {
  for (const key of [KEY, SECRET, 'design:type']) {
    const value = inheritedMetadata(key, from.prototype as object, name);
    if (value !== undefined) writeMetadata(key, value, to.prototype as object, name);
  }
}

/** Records that no page may show the value of a property, with `@Secret`. */
export function recordSecret(target: object, name: string | symbol): void {
  writeMetadata(SECRET, true, target, name);
}

/** Whether a property has `@Secret`, of the class or a base class. */
export function isSecret(type: Class, name: string): boolean {
  return inheritedMetadata(SECRET, type.prototype as object, name) === true;
}
