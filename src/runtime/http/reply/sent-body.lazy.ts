import * as module from './sent-body.js';

/** The bodies that come in chunks; a bundle loads them for the first stream. */
export const loadSentBody = () => module;
