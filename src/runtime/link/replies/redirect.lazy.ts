import * as module from './redirect.js';

/** Redirects; a bundle loads them for the first route with `@Redirect`. */
export const loadRedirect = () => module;
