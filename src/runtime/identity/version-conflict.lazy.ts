import * as module from './version-conflict.js';

/** What is said of several versions in one process; a bundle loads it where there are any. */
export const loadVersionConflict = () => module;
