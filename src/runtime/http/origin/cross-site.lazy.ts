import * as module from './cross-site.js';

/** Refuses forms of other sites; a bundle loads it for the first POST that a form could send. */
export const loadCrossSite = () => module;
