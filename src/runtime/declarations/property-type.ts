import type { Class } from './class.js';
import { inheritedMetadata, writeMetadata } from './reflect.js';

const KEY = 'twodoors:type';

/** Records the type that `@Type` gives to a property. */
export function recordPropertyType(target: object, name: string | symbol, get: () => unknown): void {
  writeMetadata(KEY, get, target, name);
}

/** The type that `@Type` gives to a property, inherited ones included; undefined where it has none. */
export function recordedPropertyType(type: Class, name: string): (() => unknown) | undefined {
  return inheritedMetadata(KEY, type.prototype as object, name) as (() => unknown) | undefined;
}
