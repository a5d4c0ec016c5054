import * as module from './failure-replies.js';

/** What exchanges need that fail; a bundle loads it for the first. */
export const loadFailureReplies = () => module;
