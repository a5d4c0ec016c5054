import { type Class, nameOf } from '../../declarations/class.js';
import { Mistakes } from '../../declarations/mistakes.js';
import { rejectClass } from '../../plan/dto/no-dtos.js';
import { StartupError } from '../../startup-error.js';
import { StalePlan } from '../stale-plan.js';
import type * as compile from './compile-validator.js';
import type * as link from './link-validator.js';
import type * as path from './path-check.js';

// `twodoors build` replaces `compile-validator.js`, `link-validator.js` and `path-check.js` by this file in bundles
// without class-validator, where no class has validators, and `plan-dto.js` by `no-dtos.js`.

/** Rejects every class. */
export const planForValidator: typeof compile.planForValidator = (type, _options, mistakes) =>
  rejectClass(type, mistakes);

/** Rejects every class. */
export const planValidator: typeof compile.planValidator = (type, _options, mistakes) => rejectClass(type, mistakes);

/** Rejects every class. */
export function compileValidator(type: Class): never {
  const mistakes = new Mistakes();
  rejectClass(type, mistakes);
  throw new StartupError(mistakes.found);
}

/** Links nothing: there is no plan of a class. */
export const linkValidator: typeof link.linkValidator = (_dtos, _dto, type) => {
  throw new StalePlan(nameOf(type));
};

/** Validates nothing: no class is linked. */
export const validate: typeof link.validate = () => {
  throw new Error('No class has validators.');
};

/** Checks nothing: there is no plan of a class. */
export const createPathCheck: typeof path.createPathCheck = () => () => [];
