import * as module from './request-parts.js';

/** Cookies, client, signal and such; a bundle loads them for the first request that reads one of them. */
export const loadRequestParts = () => module;
