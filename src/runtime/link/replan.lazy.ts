import * as module from './replan.js';

/** What plans an app where no build has, and where its plan is stale; a bundle loads it for the first time. */
export const loadReplan = () => module;
