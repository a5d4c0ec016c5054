import * as module from './refusal.js';

/** Replies where no route matches; a bundle loads them for the first such request. */
export const loadRefusal = () => module;
