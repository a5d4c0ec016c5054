import * as module from './bound-route.js';

/** Bodies, files, lists, classes, and forms that are shown again; a bundle loads them for the first route with one. */
export const loadBoundRoute = () => module;
