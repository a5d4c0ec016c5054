import * as module from './link-reply.js';

/** What makes pages and redirects; a bundle loads it for the first route with one. */
export const loadLinkReply = () => module;
