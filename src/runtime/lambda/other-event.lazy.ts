import * as module from './other-event.js';

/** Events that do not have payload format 2.0; a bundle loads this for the first one. */
export const loadOtherEvent = () => module;
