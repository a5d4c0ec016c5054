import * as module from './event-details.js';

/** The id, client, claims and such of an event; a bundle loads them for the first request of which one is read. */
export const loadEventDetails = () => module;
