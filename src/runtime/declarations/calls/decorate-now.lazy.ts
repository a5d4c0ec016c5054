import * as module from './decorate-now.js';

/** Calls decorators that were put off; a bundle loads it for what its plan does not say. */
export const loadDecorateNow = () => module;
