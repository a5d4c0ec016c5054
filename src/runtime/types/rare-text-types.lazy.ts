import * as module from './rare-text-types.js';

/** Conversions to dates, bigints, URLs and choices; a bundle loads them for the first parameter or member of such a type. */
export const loadRareTextTypes = () => module;
