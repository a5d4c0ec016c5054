import { describeMistake, type StartupMistake } from './declarations/mistakes.js';
import { brand } from './identity/brand.js';

/**
 * The app cannot start. Every door throws it, with all mistakes at once; `compileValidator` throws it for a class that
 * cannot be used.
 *
 * @example
 * ```ts
 * try {
 *   createHandler(app);
 * } catch (error) {
 *   if (error instanceof StartupError) console.table(error.mistakes);
 * }
 * ```
 */
export class StartupError extends Error {
  override readonly name = 'StartupError';
  /** What is wrong, and where; the error's message is made of this. */
  readonly mistakes: readonly StartupMistake[];

  constructor(mistakes: readonly StartupMistake[]) {
    // Several paths of one method, or several subclasses, repeat what is wrong with the method.
    const unique = new Map(mistakes.map((mistake) => [describeMistake(mistake), mistake]));
    const count = unique.size === 1 ? 'There is 1 mistake' : `There are ${unique.size} mistakes`;
    const lines = [...unique.keys()].map((text, i) => `  ${i + 1}. ${text}`);
    super(`The app cannot start. ${count}:\n${lines.join('\n')}`);
    this.mistakes = Object.freeze([...unique.values()]);
  }
}

brand(StartupError, 'StartupError');
