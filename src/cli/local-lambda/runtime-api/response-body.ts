import type { IncomingMessage } from 'node:http';
import { type FunctionError, InvocationFailure, STREAM_LIMIT } from '../function/invocation.js';

/**
 * A streamed answer on its way from the runtime to whoever reads it, as fast as that one reads. It fails, after all that
 * came before, where the trailers of the runtime's request say so, where it is cut off, and where the sandbox is ended.
 */
export class ResponseBody implements AsyncIterable<Buffer> {
  /** Whether all of it was taken, once it is over. */
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
    // Nobody may be reading any more.
    this.#failed.catch(() => {});
  }

  /** Ends it with an error. */
  fail(error: FunctionError): void {
    this.#reject(new InvocationFailure(error));
    this.#end(true);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer, void> {
    const source = this.#request.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer>;
    let length = 0;
    let isWhole = true;
    try {
      for (;;) {
        const next = await Promise.race([source.next().catch(truncated), this.#failed]);
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

function truncated(): never {
  const errorMessage = 'The runtime ended before its answer did.';
  throw new InvocationFailure({ errorType: 'Runtime.TruncatedResponse', errorMessage });
}

/** What the trailers tell: the body is JSON in base64. */
function readTrailer(errorType: string, body: string | undefined): FunctionError {
  try {
    const told = JSON.parse(Buffer.from(body ?? '', 'base64').toString()) as Partial<FunctionError> | null;
    const errorMessage = String(told?.errorMessage ?? '');
    return Array.isArray(told?.trace) ? { errorType, errorMessage, trace: told.trace } : { errorType, errorMessage };
  } catch {
    return { errorType, errorMessage: '' };
  }
}
