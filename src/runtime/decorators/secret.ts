import { assertParentheses } from '../declarations/parentheses.js';
import { recordSecret } from '../declarations/types/property-type.js';
import { assertProperty } from './property-decorator.js';

/**
 * Marks a property of a DTO whose value no page may show again, such as a card's number: `form.values` does not have it, and
 * `{ trim: true }` leaves it as it is. Properties with `password` in their names are secret without it.
 *
 * @throws TypeError where it stands on anything but a property of instances
 * @example
 * ```ts
 * class Payment {
 *   @IsCreditCard() @Secret() card!: string;
 * }
 * ```
 */
export function Secret(): PropertyDecorator;
export function Secret(...args: readonly unknown[]): PropertyDecorator {
  assertParentheses('@Secret', args[0], '@Secret()');
  return (target: object, name: string | symbol | undefined, third?: unknown) => {
    assertProperty('@Secret', target, name, third);
    recordSecret(target, name);
  };
}
