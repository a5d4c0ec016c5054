import * as module from './rare-binders.js';

/** What binds anything but a scalar and a body that is a DTO; a bundle loads it for the first such argument. */
export const loadRareBinders = () => module;
