import * as module from './encoded-body.js';

/** Decoding base64; a bundle loads it for the first body that a gateway has sent as bytes. */
export const loadEncodedBody = () => module;
