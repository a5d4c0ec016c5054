import * as module from './text-decoders.js';

/** What decodes bytes to text; a bundle loads it for the first body that a gateway has not decoded. */
export const loadTextDecoders = () => module;
