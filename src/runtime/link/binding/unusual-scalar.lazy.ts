import * as module from './unusual-scalar.js';

/** What binds scalars that are missing or written in an unusual way; a bundle loads it for the first one. */
export const loadUnusualScalar = () => module;
