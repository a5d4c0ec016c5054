import * as module from './json-text.js';

/** The second look at a result; a bundle loads it where JSON alone is not enough. */
export const loadJsonText = () => module;
