import * as module from './content-coding.js';

/** Content codings; a bundle loads them for the first compressed body. */
export const loadContentCoding = () => module;
