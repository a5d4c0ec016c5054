import * as module from './shaped-problem.js';

/** What calls the app's `problem`; a bundle loads it for the first error of an app that has one. */
export const loadShapedProblem = () => module;
