import * as module from './carry-out.js';

/** Makes records of the calls of decorators; a bundle loads it for what its plan does not say. */
export const loadCarryOut = () => module;
