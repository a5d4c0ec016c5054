import type { IncomingMessage } from 'node:http';
import { type FunctionError, InvocationFailure, STREAM_LIMIT } from '../function/invocation.js';

/**
 * The body of a streamed response, from the runtime to the reader, at the reader's speed. After the chunks that arrived
 * it throws if the trailers of the runtime's request report an error, if the request is cut off, and if the sandbox is
 * stopped.
 */
export class ResponseBody implements AsyncIterable<Buffer> {
  /** Resolves when it is over, with whether all of it was accepted. */
  readonly done: Promise<boolean>;
  readonly #request: IncomingMessage;
  #end!: (isWhole: boolean) => void;
  #reject!: (failure: InvocationFailure) => void;
  readonly #failed = new Promise<never>((_resolve, reject) => {
    this.#reject = reject;
  });

  constructor(request: IncomingMessage) {
    this.#request = request;
    this.done = new Promise((resolve) => {
      this.#end = resolve;
    });
    // There may be no reader any more.
    this.#failed.catch(() => {});
  }

  /** Makes it throw an error. */
  fail(error: FunctionError): void {
    this.#reject(new InvocationFailure(error));
    this.#end(true);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer, void> {
    const chunks = this.#request.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer>;
    let length = 0;
    let isWhole = true;
    try {
      for (;;) {
        const next = await Promise.race([chunks.next().catch(throwTruncated), this.#failed]);
        if (next.done === true) break;
        length += next.value.byteLength;
        if (length > STREAM_LIMIT) {
          isWhole = false;
          const errorMessage = `Response payload size exceeded maximum allowed payload size (${STREAM_LIMIT} bytes).`;
          throw new InvocationFailure({ errorType: 'Function.ResponseSizeTooLarge', errorMessage });
        }
        yield next.value;
      }
      const { trailers } = this.#request;
      const type = trailers['lambda-runtime-function-error-type'];
      if (type !== undefined) {
        throw new InvocationFailure(readTrailer(type, trailers['lambda-runtime-function-error-body']));
      }
    } finally {
      this.#request.resume();
      this.#end(isWhole);
    }
  }
}

function throwTruncated(): never {
  const errorMessage = 'The runtime exited before its response was complete.';
  throw new InvocationFailure({ errorType: 'Runtime.TruncatedResponse', errorMessage });
}

/** Reads the error in the trailers, whose body is JSON in base64. */
function readTrailer(errorType: string, body: string | undefined): FunctionError {
  try {
    const reported = JSON.parse(Buffer.from(body ?? '', 'base64').toString()) as Partial<FunctionError> | null;
    const errorMessage = String(reported?.errorMessage ?? '');
    return Array.isArray(reported?.trace)
      ? { errorType, errorMessage, trace: reported.trace }
      : { errorType, errorMessage };
  } catch {
    return { errorType, errorMessage: '' };
  }
}
