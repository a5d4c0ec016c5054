import * as module from './composite-binders.js';

/** What binds lists, enums, schemas and whole sources; a bundle loads it for the first route with one. */
export const loadCompositeBinders = () => module;
