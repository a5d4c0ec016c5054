import * as module from './front-path.js';

/** What stands in front of a request's path; a bundle loads it for the first URL that a request makes. */
export const loadFrontPath = () => module;
