import * as module from './failures.js';

/** What a validation does that finds something, or has to wait; a bundle loads it then. */
export const loadFailures = () => module;
