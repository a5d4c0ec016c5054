import * as module from './stream-owner.js';

/** What owns streams; a bundle loads it for the first one. */
export const loadStreamOwner = () => module;
