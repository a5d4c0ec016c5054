import * as module from './body-views.js';

/** What middleware and handlers get of a body that they read themselves; a bundle loads it for the first. */
export const loadBodyViews = () => module;
