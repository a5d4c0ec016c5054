import * as module from './app-refusal.js';

/** The errors of what cannot be opened at all; a bundle loads them when there is one. */
export const loadAppRefusal = () => module;
