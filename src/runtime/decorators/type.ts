import { recordPropertyType } from '../declarations/property-type.js';

/**
 * Says what a property of a DTO holds, where TypeScript leaves nothing at run time: the items of a list, a `Set` or the
 * values of a `Map`, a class of a file that imports this one, a union of classes (`discriminator`).
 *
 * @param get gives the type; called when the app starts
 * @example
 * ```ts
 * class Order {
 *   @ValidateNested({ each: true }) @Type(() => Item) items!: Item[];
 * }
 * ```
 */
export function Type(get: () => unknown): PropertyDecorator {
  return (target, name) => recordPropertyType(target, name, get);
}
