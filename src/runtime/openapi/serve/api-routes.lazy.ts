import * as module from './api-routes.js';

/** What serves an app's OpenAPI document and its page; a bundle loads it for an app that asks for them. */
export const loadApiRoutes = () => module;
