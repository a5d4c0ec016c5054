import * as module from './document-maker.js';

/** What makes an OpenAPI document; a bundle with a ready document loads it only where the document is that of another app. */
export const loadDocumentMaker = () => module;
