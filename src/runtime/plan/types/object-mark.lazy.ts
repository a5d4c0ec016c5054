import * as module from './object-mark.js';

/** The marks of types that are no functions, and of values that are no scalars; a bundle loads them for the first. */
export const loadObjectMark = () => module;
