import * as module from './form-guard.js';

/** What keeps forms of other sites out; a bundle loads it for the first route that takes a POST. */
export const loadFormGuard = () => module;
