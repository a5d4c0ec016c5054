import * as module from './stop-on-signal.js';

/** Stopping an app with its sandbox; a bundle loads it for an app with `onStop`. */
export const loadStopOnSignal = () => module;
