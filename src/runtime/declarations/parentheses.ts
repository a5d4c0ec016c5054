import { isClass } from './is-class.js';
import { loadMisplacedDecorator } from './records/misplaced-decorator.lazy.js';

/**
 * Refuses a decorator without parentheses, which the compiler calls with what it decorates instead of with arguments.
 *
 * @param first the first argument
 * @param example the decorator as it should be written. Default: with some arguments
 * @param canBeClass whether the first argument may be a class. Default: false
 * @throws TypeError that names the place and the fix
 */
export function assertParentheses(decorator: string, first: unknown, example?: string, canBeClass = false): void {
  if (typeof first === 'function' ? canBeClass || !isClass(first) : !Object.hasOwn(Object(first), 'constructor'))
    return;
  loadMisplacedDecorator().refuseDecorated(decorator, first, example);
}
