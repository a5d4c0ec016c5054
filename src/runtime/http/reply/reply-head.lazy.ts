import * as module from './reply-head.js';

/** What checks statuses and headers of an app; a bundle loads it for the first reply that the app makes itself. */
export const loadReplyHead = () => module;
