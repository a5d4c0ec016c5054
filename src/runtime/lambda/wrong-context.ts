/** The error for a context that Lambda does not make. @param member what it has in the place of the function */
export function wrongContext(member: unknown): TypeError {
  return new TypeError(
    `The second argument of the handler is not a context of Lambda: its getRemainingTimeInMillis is a ${typeof member}, not a function. Pass the context that Lambda passes, or none.`,
  );
}
