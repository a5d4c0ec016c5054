import * as module from './buffered-body.js';

/** Collecting a streamed body; a bundle loads it for the first one that a buffering handler sends. */
export const loadBufferedBody = () => module;
