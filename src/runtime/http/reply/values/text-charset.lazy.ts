import * as module from './text-charset.js';

/** What knows the types of text replies; a bundle loads it for the first one whose type has parameters of its own. */
export const loadTextCharset = () => module;
