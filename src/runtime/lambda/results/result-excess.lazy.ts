import * as module from './result-excess.js';

/** What each source takes; a bundle loads it for the first result that not every source takes. */
export const loadResultExcess = () => module;
