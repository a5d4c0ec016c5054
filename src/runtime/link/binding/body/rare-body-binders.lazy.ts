import * as module from './rare-body-binders.js';

/** What binds bodies that are no DTO, and fields of bodies; a bundle loads it for the first route with one. */
export const loadRareBodyBinders = () => module;
