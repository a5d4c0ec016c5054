import * as module from './wrap-routes.js';

/** The middleware of an app; a bundle loads it for an app with `use`. */
export const loadWrapRoutes = () => module;
