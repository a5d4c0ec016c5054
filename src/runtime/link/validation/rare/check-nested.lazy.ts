import * as module from './check-nested.js';

/** What checks objects in objects; a bundle loads it for the first property with them. */
export const loadNestedCheck = () => module;
