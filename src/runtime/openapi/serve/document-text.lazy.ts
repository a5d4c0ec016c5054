import * as module from './document-text.js';

/** The OpenAPI document of an app; a bundle loads it when the document is first requested. */
export const loadDocumentText = () => module;
