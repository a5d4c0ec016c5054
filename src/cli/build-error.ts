/** A mistake that whoever runs the command can mend: the command prints its message, and no stack. */
export class BuildError extends Error {
  override readonly name = 'BuildError';
}
