import type { Class } from '../../declarations/class.js';
import type { GroupOptions, PropertyValidation } from '../../declarations/class-validator-metadata.js';

// `twodoors build` replaces this file in bundles whose decorators of class-validator are recorded.

/** The validators of a class that were recorded, made without class-validator's storage; undefined where it is needed. */
export const recordedValidatorsOf: (type: Class, groups: GroupOptions) => readonly PropertyValidation[] | undefined =
  () => undefined;
