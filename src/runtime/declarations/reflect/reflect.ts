import './reflect-global.js';
import { constantClasses } from '../calls/constant-classes.js';
import { loadDecorateNow } from '../calls/decorate-now.lazy.js';
import type { Class } from '../class.js';

// The only file that uses Reflect.

/**
 * What the compiler has emitted for a method of this class itself: the types of its parameters, or the type of what it
 * returns; undefined without metadata, and while decorators are put off.
 */
export function emittedFor(
  type: Class,
  name: string | symbol,
  key: 'design:paramtypes',
): readonly unknown[] | undefined;
export function emittedFor(type: Class, name: string | symbol, key: 'design:returntype'): unknown;
export function emittedFor(type: Class, name: string | symbol, key: string): unknown {
  return Reflect.getOwnMetadata(key, type.prototype as object, name);
}

/** The type that the compiler has emitted for a property of a class or a base class; undefined without metadata. */
export function propertyTypeOf(type: Class, name: string): unknown {
  return inheritedMetadata('design:type', type.prototype as object, name);
}

/** The metadata of a member of an object, its own or inherited; undefined where it has none. */
export function inheritedMetadata(key: string, target: object, member: string | symbol): unknown {
  for (let link: unknown = target.constructor; typeof link === 'function'; link = Object.getPrototypeOf(link)) {
    if (constantClasses.has(link)) loadDecorateNow().decorateNow(link);
  }
  return Reflect.getMetadata(key, target, member);
}

/** Writes metadata on a member of an object. */
export function writeMetadata(key: string, value: unknown, target: object, member: string | symbol): void {
  if (constantClasses.has(target.constructor)) loadDecorateNow().endConstancy(target.constructor);
  Reflect.defineMetadata(key, value, target, member);
}
