import * as module from './other-event.js';

/** Events that are not HTTP requests; a bundle loads this for the first one. */
export const loadOtherEvent = () => module;
