import { recordPropertyType } from '../declarations/types/property-type.js';
import { assertProperty } from './property-decorator.js';

/**
 * Declares the type of a DTO's property where the compiler emits none: of the items of a list or `Set`, of the values of
 * a `Map`, of a class in a file that imports this one, of a union of classes (`discriminator`).
 *
 * @param get returns the type; called at startup. A function that throws or returns `undefined` is a startup mistake
 * @throws TypeError where it stands on anything but a property of instances, or without a function
 * @example
 * ```ts
 * class Order {
 *   @ValidateNested({ each: true }) @Type(() => Item) items!: Item[];
 * }
 * ```
 */
export function Type(get: () => unknown): PropertyDecorator {
  return (target: object, name: string | symbol | undefined, third?: unknown) => {
    assertProperty('@Type', target, name, third);
    recordPropertyType(target, name, get);
  };
}
