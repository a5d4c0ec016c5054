import { type ClientRequest, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { HIGH_WATER_MARK, STREAMING } from './handler.js';
import type { RuntimeApiClient } from './runtime-api-client.js';
import { type ReportedError, runtimeError } from './runtime-error.js';

const ERROR_TYPE = 'Lambda-Runtime-Function-Error-Type';
const ERROR_BODY = 'Lambda-Runtime-Function-Error-Body';

/** The response that a streaming handler writes to. */
export interface OpenResponse {
  readonly stream: ClientRequest & {
    setContentType(contentType: string): void;
    _onBeforeFirstWrite?: (write: (chunk: string | Uint8Array) => void) => void;
  };
  /** Resolves when Lambda has accepted all of it. */
  readonly accepted: Promise<unknown>;
  /** Ends it, and reports an error in the trailers. */
  fail(error: ReportedError): Promise<void>;
}

/** Opens the streamed response to an invocation: a chunked request whose trailers can report an error. */
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
  const accepted = new Promise((resolve, reject) => {
    out.once('response', (response) => text(response).then(resolve, reject));
    out.once('error', reject);
  });
  // It is not awaited if the handler fails.
  accepted.catch(() => {});

  const stream = out as unknown as OpenResponse['stream'];
  let isWritten = false;
  stream.setContentType = function setContentType(contentType) {
    if (isWritten) throw runtimeError('InvalidStreamingOperation', 'Cannot set content-type, too late.');
    out.setHeader('Content-Type', contentType);
  };
  const write = out.write.bind(out) as (chunk: string | Uint8Array, ...rest: unknown[]) => boolean;
  out.write = function writeChunk(chunk: unknown, ...rest: unknown[]) {
    const isBytes = typeof chunk === 'string' || chunk instanceof Uint8Array;
    if (!isWritten) {
      isWritten = true;
      stream._onBeforeFirstWrite?.((before) => write(before));
    }
    return write(isBytes ? chunk : JSON.stringify(chunk), ...rest);
  } as typeof out.write;

  async function fail(error: ReportedError): Promise<void> {
    out.addTrailers({
      [ERROR_TYPE]: error.errorType,
      [ERROR_BODY]: Buffer.from(JSON.stringify(error)).toString('base64'),
    });
    await new Promise<void>((resolve) => out.end(resolve));
    await accepted;
  }
  return { stream, accepted, fail };
}

/** The global object `awslambda`, as Lambda's runtime defines it. */
export const awslambda = {
  streamifyResponse<T extends object>(handler: T, options?: { highWaterMark?: number }): T {
    const marked = handler as T & Record<symbol, unknown>;
    (marked as Record<symbol, unknown>)[STREAMING] = 'response';
    const highWaterMark = options?.highWaterMark;
    if (typeof highWaterMark === 'number') {
      (marked as Record<symbol, unknown>)[HIGH_WATER_MARK] = Math.trunc(highWaterMark);
    }
    return handler;
  },
  HttpResponseStream: {
    /** Sends the head before the first write: as JSON, and eight NUL bytes. An `end` without a write sends no head. */
    from(stream: OpenResponse['stream'], metadata: unknown): OpenResponse['stream'] {
      stream.setContentType('application/vnd.awslambda.http-integration-response');
      const prelude = JSON.stringify(metadata);
      stream._onBeforeFirstWrite = function writePrelude(write) {
        write(prelude);
        write(new Uint8Array(8));
      };
      return stream;
    },
  },
};
