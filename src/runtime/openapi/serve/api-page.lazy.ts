import * as module from './api-page.js';

/** The page that shows an OpenAPI document; a bundle loads it when the page is first requested. */
export const loadApiPage = () => module;
