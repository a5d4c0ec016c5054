import * as module from './binding-errors.js';

/** The errors of requests that cannot be bound; a bundle loads them for the first one. */
export const loadBindingErrors = () => module;
