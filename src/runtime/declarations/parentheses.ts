import { isClass } from './class.js';
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
  if (typeof first === 'string' || first === undefined) return;
  if (isPrototype(first) || (!canBeClass && isClass(first))) {
    throw loadMisplacedDecorator().missingParentheses(decorator, first as object, example);
  }
}

function isPrototype(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'constructor')) return false;
  return typeof value.constructor === 'function' && value.constructor.prototype === value;
}
