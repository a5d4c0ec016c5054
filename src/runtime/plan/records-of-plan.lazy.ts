import * as module from './records-of-plan.js';

/** The records of planned routes; a bundle loads them for the first route of which its plan does not say all. */
export const loadRecordsOfPlan = () => module;
