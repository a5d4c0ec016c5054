import * as module from './request-body.js';

/** What reads bodies; a bundle loads it for the first one. */
export const loadRequestBody = () => module;
