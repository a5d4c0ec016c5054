import * as module from './dto-failure.js';

/** What becomes of a DTO that is invalid, or is still to be checked; a bundle loads it for the first. */
export const loadDtoFailure = () => module;
