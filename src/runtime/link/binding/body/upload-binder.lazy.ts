import * as module from './upload-binder.js';

/** What binds files; a bundle loads it for the first route that takes one. */
export const loadUploadBinder = () => module;
