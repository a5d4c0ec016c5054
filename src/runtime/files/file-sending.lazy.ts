import * as module from './file-sending.js';

/** What sends the file of a handler; a bundle loads it for the first one. */
export const loadFileSending = () => module;
