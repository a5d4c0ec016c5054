/** Creates an error of the runtime itself, with Lambda's name for it. */
export function runtimeError(name: string, message: string): Error {
  return Object.assign(new Error(message), { name: `Runtime.${name}` });
}

/** An error as it is reported to the Runtime API. */
export interface ReportedError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

/** Makes a report of anything that was thrown. Never throws. */
export function toReport(thrown: unknown): ReportedError {
  try {
    if (thrown instanceof Error) {
      return {
        errorType: escapeDel(thrown.name),
        errorMessage: escapeDel(thrown.message),
        trace: escapeDel(thrown.stack ?? '').split('\n'),
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

/** A header cannot contain DEL. */
function escapeDel(text: string): string {
  return String(text).replaceAll('\x7F', '%7F');
}
