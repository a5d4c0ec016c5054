import * as module from './body-parser.js';

/** What parses bodies; a bundle loads it for the first route that binds one. */
export const loadBodyParser = () => module;
