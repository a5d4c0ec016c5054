import * as module from './plan-app.js';

/** What reads, checks and plans an app; a bundle with a ready plan loads it only where the plan is that of another app. */
export const loadPlanApp = () => module;
