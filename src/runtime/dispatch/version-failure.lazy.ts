import * as module from './version-failure.js';

/** The error of several versions; a bundle loads it when there are some. */
export const loadVersionFailure = () => module;
