import type { Class } from '../declarations/class.js';

/** A discriminated union of classes. */
export class Discriminator {
  readonly key: string;
  readonly classes: Readonly<Record<string, Class>>;

  constructor(key: string, classes: Readonly<Record<string, Class>>) {
    this.key = key;
    this.classes = classes;
  }
}

/**
 * A union of classes that one property tells apart, for `@Type`.
 *
 * @param key the property whose value chooses the class; each class declares it
 * @param classes by that value
 * @example
 * ```ts
 * // @ValidateNested() @Type(discriminator('kind', { circle: Circle, square: Square })) shape!: Circle | Square;
 * ```
 */
export function discriminator(key: string, classes: Readonly<Record<string, Class>>): () => Discriminator {
  const union = new Discriminator(key, classes);
  return () => union;
}
