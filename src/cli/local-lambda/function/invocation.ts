/** An invocation as the Runtime API hands it to a runtime. */
export interface Invocation {
  readonly requestId: string;
  /** The event, as JSON. */
  readonly event: string;
  /** When the function must have finished, in milliseconds since 1970. */
  readonly deadlineMs: number;
  readonly functionArn: string;
  readonly traceId: string;
}

/** Why an invocation failed, as Lambda returns it to the caller. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** The outcome of an invocation. */
export type Outcome =
  | { readonly kind: 'result'; readonly payload: Buffer }
  | {
      readonly kind: 'stream';
      readonly contentType: string;
      /** Must be read to its end. Throws an {@link InvocationFailure} if the function fails midway. */
      readonly body: AsyncIterable<Buffer>;
    }
  | { readonly kind: 'error'; readonly error: FunctionError };

/** A function error that is thrown. */
export class InvocationFailure extends Error {
  override readonly name = 'InvocationFailure';

  constructor(readonly error: FunctionError) {
    super(`${error.errorType}: ${error.errorMessage}`);
  }
}

/** How large an event may be, in bytes. */
export const EVENT_LIMIT = 6 * 1024 * 1024;

/** How large a result that is not streamed may be, in bytes: 100 more than an event. */
export const RESULT_LIMIT = 6 * 1024 * 1024 + 100;

/** How large a streamed response may be, in bytes. */
export const STREAM_LIMIT = 200 * 1024 * 1024;
