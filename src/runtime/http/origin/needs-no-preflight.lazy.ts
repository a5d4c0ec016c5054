import * as module from './needs-no-preflight.js';

/** What reads the type of a form; a bundle loads it for the first POST whose type is no usual one of JSON. */
export const loadNeedsNoPreflight = () => module;
