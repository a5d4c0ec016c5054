import * as module from './controller-failure.js';

/** Controllers that cannot be constructed; a bundle loads it for the first one. */
export const loadControllerFailure = () => module;
