import * as module from './late-values.js';

/** What sets blank inputs, and what the class has setters for; a bundle loads it for the first of them. */
export const loadLateValues = () => module;
