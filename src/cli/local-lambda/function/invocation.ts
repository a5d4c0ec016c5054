/** One invocation, as the Runtime API gives it to a runtime. */
export interface Invocation {
  readonly requestId: string;
  /** The event, as JSON. */
  readonly event: string;
  /** When it is over, in milliseconds since 1970. */
  readonly deadline: number;
  readonly functionArn: string;
  readonly traceId: string;
}

/** Why an invocation failed, as Lambda tells whoever invoked the function. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** What became of an invocation. */
export type Outcome =
  | { readonly kind: 'result'; readonly payload: Buffer }
  | {
      readonly kind: 'stream';
      readonly contentType: string;
      /** To be read to its end; it fails with an {@link InvocationFailure} where the function failed midway. */
      readonly body: AsyncIterable<Buffer>;
    }
  | { readonly kind: 'error'; readonly error: FunctionError };

/** A function error, thrown. */
export class InvocationFailure extends Error {
  override readonly name = 'InvocationFailure';

  constructor(readonly error: FunctionError) {
    super(`${error.errorType}: ${error.errorMessage}`);
  }
}

/** How large an event may be, and a result that is not streamed, in bytes: 6 MB, and of a result 100 bytes more. */
export const EVENT_LIMIT = 6 * 1024 * 1024;
export const RESULT_LIMIT = 6 * 1024 * 1024 + 100;

/** How large a streamed answer may be, in bytes. */
export const STREAM_LIMIT = 200 * 1024 * 1024;
