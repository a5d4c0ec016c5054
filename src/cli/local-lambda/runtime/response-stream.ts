import { type ClientRequest, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { HIGH_WATER_MARK, STREAMING } from './handler.js';
import type { RuntimeApiClient } from './runtime-api-client.js';
import { runtimeError, type ToldError } from './runtime-error.js';

const ERROR_TYPE = 'Lambda-Runtime-Function-Error-Type';
const ERROR_BODY = 'Lambda-Runtime-Function-Error-Body';

/** What a streaming handler writes to, and what the runtime does with it. */
export interface OpenResponse {
  readonly stream: ClientRequest & {
    setContentType(contentType: string): void;
    _onBeforeFirstWrite?: (write: (chunk: string | Uint8Array) => void) => void;
  };
  /** Resolves when Lambda has taken all of it. */
  readonly taken: Promise<unknown>;
  /** Ends it with an error in the trailers. */
  fail(error: ToldError): Promise<void>;
}

/** Opens the streamed answer to an invocation: a chunked request, whose trailers tell of an error. */
export function openResponse(client: RuntimeApiClient, id: string, highWaterMark: number | undefined): OpenResponse {
  const out = request({
    ...client.streamOptions(id, highWaterMark),
    headers: {
      'Lambda-Runtime-Function-Response-Mode': 'streaming',
      Trailer: [ERROR_TYPE, ERROR_BODY],
      'Content-Type': 'application/octet-stream',
      'Transfer-Encoding': 'chunked',
    },
  });
  const taken = new Promise((resolve, reject) => {
    out.once('response', (response) => text(response).then(resolve, reject));
    out.once('error', reject);
  });
  // It is awaited only where the handler has not failed.
  taken.catch(() => {});

  const stream = out as unknown as OpenResponse['stream'];
  let isWritten = false;
  stream.setContentType = (contentType) => {
    if (isWritten) throw runtimeError('InvalidStreamingOperation', 'Cannot set content-type, too late.');
    out.setHeader('Content-Type', contentType);
  };
  const write = out.write.bind(out) as (chunk: string | Uint8Array, ...rest: unknown[]) => boolean;
  out.write = ((chunk: unknown, ...rest: unknown[]) => {
    const isText = typeof chunk === 'string' || chunk instanceof Uint8Array;
    if (!isWritten) {
      isWritten = true;
      stream._onBeforeFirstWrite?.((before) => write(before));
    }
    return write(isText ? chunk : JSON.stringify(chunk), ...rest);
  }) as typeof out.write;

  const fail = async (error: ToldError) => {
    out.addTrailers({
      [ERROR_TYPE]: error.errorType,
      [ERROR_BODY]: Buffer.from(JSON.stringify(error)).toString('base64'),
    });
    await new Promise<void>((resolve) => out.end(resolve));
    await taken;
  };
  return { stream, taken, fail };
}

/** What the runtime puts on the global object. */
export const awslambda = {
  streamifyResponse<T extends object>(handler: T, options?: { highWaterMark?: number }): T {
    const marked = handler as T & Record<symbol, unknown>;
    (marked as Record<symbol, unknown>)[STREAMING] = 'response';
    const mark = options?.highWaterMark;
    if (typeof mark === 'number') (marked as Record<symbol, unknown>)[HIGH_WATER_MARK] = Math.trunc(mark);
    return handler;
  },
  HttpResponseStream: {
    /** Sends the head with the first write: as JSON, and eight NULs. An `end` without a write sends none. */
    from(stream: OpenResponse['stream'], metadata: unknown): OpenResponse['stream'] {
      stream.setContentType('application/vnd.awslambda.http-integration-response');
      const prelude = JSON.stringify(metadata);
      stream._onBeforeFirstWrite = (write) => {
        write(prelude);
        write(new Uint8Array(8));
      };
      return stream;
    },
  },
};
