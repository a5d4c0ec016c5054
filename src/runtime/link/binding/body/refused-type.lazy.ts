import * as module from './refused-type.js';

/** What comes of a content type that a route does not accept; a bundle loads it for the first. */
export const loadRefusedType = () => module;
