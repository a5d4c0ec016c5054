import * as module from './misplaced-decorator.js';

/** The mistakes of decorators; a bundle loads them for the first one. */
export const loadMisplacedDecorator = () => module;
