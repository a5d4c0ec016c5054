import * as module from './chosen-validations.js';

/** What chooses validators by groups, or overrides those of base classes; a bundle loads it for the first such class. */
export const loadChosenValidations = () => module;
