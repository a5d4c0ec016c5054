import * as module from './url-for-view.js';

/** The URLs that views make; a bundle loads them for the first one. */
export const loadUrlForView = () => module;
