import * as module from './unusual-result.js';

/** Results that JSON cannot carry as they are; a bundle loads it for the first one. */
export const loadUnusualResult = () => module;
