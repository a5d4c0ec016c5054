import * as module from './date-text.js';

/** Dates; a bundle loads them for the first one. */
export const loadDateText = () => module;
