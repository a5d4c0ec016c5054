import * as module from './composite-binders.js';

/** Binders of lists, schemas and DTOs; a bundle loads them for the first route that has one. */
export const loadCompositeBinders = () => module;
