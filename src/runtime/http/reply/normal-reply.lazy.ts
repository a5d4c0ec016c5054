import * as module from './normal-reply.js';

/** What checks replies that went through users' code; a bundle loads it for the first. */
export const loadNormalReply = () => module;
