import * as module from './scalar-failure.js';

/** What binds scalars that are missing or written in an unusual way; a bundle loads it for the first one. */
export const loadScalarFailure = () => module;
