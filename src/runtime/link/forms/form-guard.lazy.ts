import * as module from './form-guard.js';

/** What keeps forms of other sites away; a bundle loads it for the first route that may take a form. */
export const loadFormGuard = () => module;
