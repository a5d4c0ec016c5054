import * as module from './route-params.js';

/** How the values of a path's parameters are read; a bundle loads it for the first request that reads them by name. */
export const loadRouteParams = () => module;
