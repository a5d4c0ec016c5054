/** What binds bodies and files, in one file of a bundle. */
export { createBodyBinder } from './body-binder.js';
export { bodyParserOf } from './body-parser.js';
export { createUploadBinder } from './upload-binder.js';
