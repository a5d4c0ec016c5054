import * as module from './type-text.js';

/** The texts of types that are no constructors; a bundle loads them for the first. */
export const loadTypeText = () => module;
