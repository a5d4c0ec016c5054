import * as module from './rare-replies.js';

/** Replies that are not of text or JSON; a bundle loads them for the first one. */
export const loadRareReplies = () => module;
