import * as module from './body-binding.js';

/** What binds bodies and files; a bundle loads it for the first route that has one. */
export const loadBodyBinding = () => module;
