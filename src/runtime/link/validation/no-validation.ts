import { type Class, nameOf } from '../../declarations/class.js';
import { StartupError } from '../../startup-error.js';
import type { Validator, ValidatorOptions } from './compile-validator.js';

// What `compile-validator.js` comes to where class-validator is not there: no class has validators. `twodoors build` puts
// it in that one's place in bundles without class-validator, which are some 5 KB smaller for it.

/** Refuses every class. */
export function planValidator<T extends object>(
  type: Class<T>,
  _options: ValidatorOptions,
  mistakes: string[],
): Validator<T> {
  mistakes.push(
    `the class ${nameOf(type)} has no validators, so that anything would pass. Decorate its properties with class-validator.`,
  );
  return () => ({ issues: [] });
}

/** Refuses every class. */
export function compileValidator<T extends object>(type: Class<T>, options: ValidatorOptions = {}): Validator<T> {
  const mistakes: string[] = [];
  planValidator(type, options, mistakes);
  throw new StartupError(mistakes);
}
