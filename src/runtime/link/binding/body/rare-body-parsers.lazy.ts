import * as module from './rare-body-parsers.js';

/** What parses the bodies of routes with files, and text; a bundle loads it for the first such route. */
export const loadRareBodyParsers = () => module;
