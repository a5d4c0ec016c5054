import type { Class } from '../class.js';
import { inheritedMetadata, ownMetadata } from '../reflect.js';

/** The parameter types that the compiler has emitted for a method of this class itself; undefined without metadata. */
export function paramTypesOf(type: Class, name: string | symbol): readonly unknown[] | undefined {
  return ownMetadata('design:paramtypes', type.prototype as object, name) as unknown[] | undefined;
}

/** The type that the compiler has emitted for what a method of this class itself returns; undefined without metadata. */
export function returnTypeOf(type: Class, name: string | symbol): unknown {
  return ownMetadata('design:returntype', type.prototype as object, name);
}

/** The type that the compiler has emitted for a property of a class or a base class; undefined without metadata. */
export function propertyTypeOf(type: Class, name: string): unknown {
  return inheritedMetadata('design:type', type.prototype as object, name);
}
