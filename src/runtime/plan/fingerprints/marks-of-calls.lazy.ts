import * as module from './marks-of-calls.js';

/** Writes down what a route's decorators have got; a bundle has it where not all of its classes are constant. */
export const loadMarksOfCalls = () => module;
