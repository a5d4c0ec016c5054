import * as module from './public-files.js';

/** What finds and sends the files of public folders; a bundle loads it for an app that has some. */
export const loadPublicFiles = () => module;
