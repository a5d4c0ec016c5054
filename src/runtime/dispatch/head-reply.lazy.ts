import * as module from './head-reply.js';

/** What makes replies to HEAD; a bundle loads it for the first. */
export const loadHeadReply = () => module;
