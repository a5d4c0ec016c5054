import { type Class, nameOf } from '../../declarations/class.js';
import { Mistakes } from '../../declarations/mistakes.js';
import { StartupError } from '../../startup-error.js';
import type { Validator, ValidatorOptions } from './compile-validator.js';

// `twodoors build` replaces `compile-validator.js` by this file in bundles without class-validator, where no class has
// validators. Such a bundle is some 5 KB smaller.

/** Rejects every class. */
export function planValidator<T extends object>(
  type: Class<T>,
  _options: ValidatorOptions,
  mistakes: Mistakes,
): Validator<T> | undefined {
  mistakes.add(
    'class-without-validators',
    `the class ${nameOf(type)} has no validators, so any value would pass. Decorate its properties with class-validator.`,
  );
  return undefined;
}

/** Rejects every class. */
export function compileValidator<T extends object>(type: Class<T>, options: ValidatorOptions = {}): Validator<T> {
  const mistakes = new Mistakes();
  planValidator(type, options, mistakes);
  throw new StartupError(mistakes.found);
}
