/** A mistake that whoever runs the command can mend: the command prints its message, and no stack. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}
