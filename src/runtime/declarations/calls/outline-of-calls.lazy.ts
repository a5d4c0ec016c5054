import * as module from './outline-of-calls.js';

/** Writes down the calls of a class's decorators; a bundle has it where not all of its classes are constant. */
export const loadOutlineOfCalls = () => module;
