import * as module from './wrong-context.js';

/** The error for a context that Lambda does not make; a bundle loads it when it is thrown. */
export const loadWrongContext = () => module;
