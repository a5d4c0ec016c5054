import * as module from './link-binder.js';

/** What makes the binders of bodies, files, lists and whole sources; a bundle loads it for the first route with one. */
export const loadLinkBinder = () => module;
