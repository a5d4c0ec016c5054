import * as module from './open-failure.js';

/** The errors of what cannot be opened at all; a bundle loads them when there is one. */
export const loadOpenFailure = () => module;
