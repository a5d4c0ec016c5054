import { nameOf } from '../../declarations/class.js';
import type { Mistakes } from '../../declarations/mistakes.js';
import type { planDto as plan } from './plan-dto.js';

// `twodoors build` replaces `plan-dto.js` by this file in bundles without class-validator, where no class has validators.

/** Rejects every class. */
export const planDto: typeof plan = (type, _options, _dtos, mistakes) => rejectClass(type, mistakes);

/** Adds the mistake that a class has no validators. */
export function rejectClass(type: unknown, mistakes: Mistakes): undefined {
  mistakes.add(
    'class-without-validators',
    `the class ${nameOf(type)} has no validators, so any value would pass. Decorate its properties with class-validator.`,
  );
}
