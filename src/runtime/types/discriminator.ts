import type { Class } from '../declarations/class.js';
import { kindOf, typeObject } from './type-object.js';

/** A union of classes that one property discriminates. */
export interface Discriminator {
  readonly key: string;
  readonly classes: Readonly<Record<string, Class>>;
}

/** Whether a type is a union of classes. */
export function isDiscriminator(type: unknown): type is Discriminator {
  return kindOf(type) === 'discriminator';
}

/**
 * A union of classes for `@Type`: the value of one property selects the class. Any other value is a 400.
 *
 * @param key the discriminating property; each class must declare it
 * @param classes the class for each value of the property
 * @example
 * ```ts
 * class Drawing {
 *   @ValidateNested() @Type(discriminator('kind', { circle: Circle, square: Square })) shape!: Circle | Square;
 * }
 * ```
 */
export function discriminator(key: string, classes: Readonly<Record<string, Class>>): () => Discriminator {
  const union = typeObject('discriminator', { key, classes });
  return () => union;
}
