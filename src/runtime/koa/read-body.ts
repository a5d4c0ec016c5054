import type { IncomingMessage } from 'node:http';
import type { Context } from 'koa';
import { bodyTooLarge } from '../http/body/body.js';
import { HttpError } from '../http/errors/http-error.js';

const EMPTY = new Uint8Array(0);

/** Reads the body of Koa's context; rejects with a 413 above the limit, in bytes. */
export function readBody({ req, request }: Context, limit: number): Uint8Array | Promise<Uint8Array> {
  const declared = req.headers['content-length'];
  if (declared === undefined && req.headers['transfer-encoding'] === undefined) return EMPTY;
  if (Number(declared) > limit) return Promise.reject(bodyTooLarge(limit));
  if (req.readableEnded || req.readableDidRead) {
    const kept = (request as { rawBody?: unknown }).rawBody;
    if (typeof kept === 'string') return Buffer.from(kept);
    return Promise.reject(
      new Error('The body was already read by other Koa middleware. Remove the body parser, or put it after this app.'),
    );
  }
  return collectBody(req, limit);
}

/** The body as it arrives. Where the client leaves, it fails with a 400: that is no bug of the app. */
export async function* streamBody(req: IncomingMessage): AsyncGenerator<Uint8Array> {
  try {
    yield* req.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
  } catch (cause) {
    throw new HttpError(400, 'The body ended early', { cause });
  } finally {
    // A reader that stops early still wants its reply to be read.
    req.on('error', () => {}).resume();
  }
}

function collectBody(req: IncomingMessage, limit: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const body = new GrowingBytes();
    const onData = (chunk: Uint8Array) => {
      if (body.size + chunk.byteLength > limit) refuse(bodyTooLarge(limit));
      else body.append(chunk);
    };
    const onEnd = () => {
      stopReading();
      resolve(body.bytes());
    };
    const onError = (cause: Error) => refuse(new HttpError(400, 'The body ended early', { cause }));
    const onClose = () => refuse(new HttpError(400, 'The body ended early'));
    const stopReading = () => req.off('data', onData).off('end', onEnd).off('error', onError).off('close', onClose);
    const refuse = (error: Error) => {
      // The rest must be read and dropped, or the client would never get to read the reply.
      stopReading()
        .on('error', () => {})
        .resume();
      reject(error);
    };
    req.on('data', onData).on('end', onEnd).on('error', onError).on('close', onClose);
  });
}

/**
 * Joins chunks in one buffer that doubles as it fills. A list of the chunks would take some 350 bytes for each, and
 * clients choose how small they are.
 */
class GrowingBytes {
  size = 0;
  #buffer: Uint8Array = EMPTY;

  append(chunk: Uint8Array): void {
    const size = this.size + chunk.byteLength;
    if (this.size === 0) {
      // Most bodies are one chunk, which is not copied.
      this.#buffer = chunk;
    } else {
      if (size > this.#buffer.byteLength) {
        const larger = Buffer.allocUnsafeSlow(Math.max(size * 2, 4096));
        larger.set(this.bytes());
        this.#buffer = larger;
      }
      this.#buffer.set(chunk, this.size);
    }
    this.size = size;
  }

  bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.size);
  }
}
