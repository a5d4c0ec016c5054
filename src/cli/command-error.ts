/** An error that the user of the command can fix: the command prints the message without a stack, and exits with 1. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}
