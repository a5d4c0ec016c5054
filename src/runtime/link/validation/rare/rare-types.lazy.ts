import * as module from './rare-types.js';

/** What converts and checks values that are no plain scalars or lists of JSON; a bundle loads it for the first property. */
export const loadRareTypes = () => module;
