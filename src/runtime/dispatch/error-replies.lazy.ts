import * as module from './error-replies.js';

/** Replies to errors; a bundle loads them for the first error. */
export const loadErrorReplies = () => module;
