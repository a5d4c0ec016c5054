import * as module from './early-end.js';

/** What ends an exchange early; a bundle loads it for the first that takes too long. */
export const loadEarlyEnd = () => module;
