/** An error of the runtime itself, by the name that Lambda has for it. */
export function runtimeError(name: string, message: string): Error {
  return Object.assign(new Error(message), { name: `Runtime.${name}` });
}

/** What the Runtime API is told of an error. */
export interface ToldError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

/** What to tell of whatever was thrown; never throws itself. */
export function tellError(thrown: unknown): ToldError {
  try {
    if (thrown instanceof Error) {
      return {
        errorType: escaped(thrown.name),
        errorMessage: escaped(thrown.message),
        trace: escaped(thrown.stack ?? '').split('\n'),
      };
    }
    return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
  } catch {
    return {
      errorType: 'handled',
      errorMessage:
        'callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack',
      trace: [],
    };
  }
}

/** A header takes no DEL. */
function escaped(text: string): string {
  return String(text).replaceAll('\x7F', '%7F');
}
