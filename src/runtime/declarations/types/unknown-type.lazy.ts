import * as module from './unknown-type.js';

/** Mistakes; a bundle loads them for the first one. */
export const loadUnknownType = () => module;
