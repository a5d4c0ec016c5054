import * as module from './prefixed-requests.js';

/** Requests behind a base path; a bundle loads this for a handler that has one. */
export const loadPrefixedRequests = () => module;
