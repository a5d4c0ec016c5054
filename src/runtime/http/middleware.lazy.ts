import * as module from './middleware.js';

/** Middleware; a bundle loads it for the first app or route that has some. */
export const loadMiddleware = () => module;
