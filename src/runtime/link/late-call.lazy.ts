import * as module from './late-call.js';

/** Calls that have to wait; a bundle loads them for the first controller of one request, or argument that is a promise. */
export const loadLateCall = () => module;
