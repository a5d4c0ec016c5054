import type { withApiRoutes as add } from './api-routes.js';

// `twodoors build` replaces `api-routes.js` by this file in bundles whose apps serve no OpenAPI document.

/** Adds nothing. */
export const withApiRoutes: typeof add = (options) => options;
