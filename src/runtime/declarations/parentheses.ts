import { loadMisplacedDecorator } from './records/misplaced-decorator.lazy.js';

/**
 * Refuses a decorator without parentheses, which the compiler calls with what it decorates instead of with arguments.
 *
 * @param first the first argument
 * @param example the decorator as it should be written. Default: with some arguments
 * @param canBeFunction whether the first argument may be a function or a class. Default: false
 * @throws TypeError that names the place and the fix
 */
export function assertParentheses(decorator: string, first: unknown, example?: string, canBeFunction = false): void {
  const mayBeDecorated =
    typeof first === 'object' ? first !== null && Object.hasOwn(first, 'constructor') : typeof first === 'function';
  // What is neither a class nor a prototype passes in the end.
  if (mayBeDecorated && !(canBeFunction && typeof first === 'function')) {
    loadMisplacedDecorator().refuseDecorated(decorator, first, example);
  }
}
