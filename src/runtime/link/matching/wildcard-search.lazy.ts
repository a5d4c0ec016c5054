import * as module from './wildcard-search.js';

/** The search behind a `*rest`; a bundle loads it for the first one. */
export const loadWildcardSearch = () => module;
