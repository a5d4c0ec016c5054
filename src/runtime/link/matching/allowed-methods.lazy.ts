import * as module from './allowed-methods.js';

/** The methods of a path, for a 405 or OPTIONS; a bundle loads them for the first path that a method does not match. */
export const loadAllowedMethods = () => module;
