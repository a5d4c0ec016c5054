import * as module from './form-parser.js';

/** What parses forms; a bundle loads it for the first. */
export const loadFormParser = () => module;
