import * as module from './rare-searches.js';

/** What only some paths need; a bundle loads it for the first of them. */
export const loadRareSearches = () => module;
