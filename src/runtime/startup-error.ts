/**
 * What a door throws when the app cannot start: every mistake at once, each with its place, its reason and its cure.
 */
export class StartupError extends Error {
  override readonly name = 'StartupError';
  /** One text a mistake. */
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    const unique = [...new Set(mistakes)];
    const count = unique.length === 1 ? 'There is 1 mistake' : `There are ${unique.length} mistakes`;
    super(`The app cannot start. ${count}:\n${unique.map((mistake, i) => `  ${i + 1}. ${mistake}`).join('\n')}`);
    this.mistakes = Object.freeze(unique);
  }
}
