import * as module from './repeated-fields.js';

/** What joins repeated header fields; a bundle loads it for the first one. */
export const loadRepeatedFields = () => module;
