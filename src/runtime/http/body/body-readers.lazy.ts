import * as module from './body-readers.js';

/** What a handler reads a body with itself; a bundle loads it for the first one. */
export const loadBodyReaders = () => module;
