import * as module from './head-reply.js';

/** Replies to HEAD; a bundle loads them for the first one. */
export const loadHeadReply = () => module;
