import * as module from './request-parts.js';

/** Cookies, client, signal and such; a bundle loads them for the first request of which one is read. */
export const loadRequestParts = () => module;
