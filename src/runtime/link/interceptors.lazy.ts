import * as module from './interceptors.js';

/** Interceptors; a bundle loads them for the first route that has some. */
export const loadInterceptors = () => module;
