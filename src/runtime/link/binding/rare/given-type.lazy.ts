import * as module from './given-type.js';

/** What reads the type that a decorator has got beside other arguments; a bundle loads it for the first. */
export const loadGivenType = () => module;
