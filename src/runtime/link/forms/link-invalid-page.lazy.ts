import * as module from './link-invalid-page.js';

/** Pages that show a form again; a bundle loads them for the first route that has one. */
export const loadLinkInvalidPage = () => module;
