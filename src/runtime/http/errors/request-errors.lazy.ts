import * as module from './request-errors.js';

/** Errors of reading a request; a bundle loads them for the first one. */
export const loadRequestErrors = () => module;
