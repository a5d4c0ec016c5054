import * as module from './app-lifecycle.js';

/** The lifecycle of an app with `onStart` or `onStop`; a bundle loads it for such an app. */
export const loadAppLifecycle = () => module;
