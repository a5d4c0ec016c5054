import type { Class } from '../declarations/class.js';
import { brand } from '../identity/brand.js';

/** A union of classes that one property discriminates. */
export class Discriminator {
  readonly key: string;
  readonly classes: Readonly<Record<string, Class>>;

  constructor(key: string, classes: Readonly<Record<string, Class>>) {
    this.key = key;
    this.classes = classes;
  }
}

brand(Discriminator, 'Discriminator');

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
  const union = new Discriminator(key, classes);
  return () => union;
}
