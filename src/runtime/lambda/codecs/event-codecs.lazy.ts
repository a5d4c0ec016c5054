import * as module from './event-codecs.js';

/** The codecs of all sources; a bundle loads them for the first event that does not have payload format 2.0. */
export const loadEventCodecs = () => module;
