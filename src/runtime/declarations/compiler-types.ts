import type { Class } from './class.js';
import { inheritedMetadata, ownMetadata } from './reflect.js';

/** The parameter types that the compiler emitted for a method of this very class; undefined where it emitted none. */
export function paramTypesOf(type: Class, name: string | symbol): readonly unknown[] | undefined {
  return ownMetadata('design:paramtypes', type.prototype as object, name) as unknown[] | undefined;
}

/** The type that the compiler emitted for a property, inherited ones included. */
export function propertyTypeOf(type: Class, name: string): unknown {
  return inheritedMetadata('design:type', type.prototype as object, name);
}
