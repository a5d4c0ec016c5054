import { promisify } from 'node:util';
import { type BrotliOptions, brotliCompress, constants, createBrotliCompress, createGzip, gzip } from 'node:zlib';
import { closeSource, toBytes } from '../../http/body/chunks.js';
import { closeBody } from '../../http/reply/body-owner.js';
import type { ChunkedBody } from '../../http/reply/http-reply.js';
import type { Coding } from '../../http/request/accepted-coding.js';

/** The default of 11 is for files that are compressed once: it takes a hundred times as long as 4, for a tenth less. */
const BROTLI_QUALITY = 4;

const brotli = promisify<Uint8Array | string, BrotliOptions, Buffer>(brotliCompress);
const deflate = promisify<Uint8Array | string, Buffer>(gzip);

function brotliOptions(size?: number): BrotliOptions {
  const params = { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY };
  return { params: size === undefined ? params : { ...params, [constants.BROTLI_PARAM_SIZE_HINT]: size } };
}

/** Compresses a whole body. */
export function compressBody(body: string | Uint8Array, coding: Coding): Promise<Buffer> {
  return coding === 'br' ? brotli(body, brotliOptions(Buffer.byteLength(body))) : deflate(body);
}

/**
 * Compresses a stream: each chunk is flushed, so that it goes out when it comes. The source is read as fast as the client
 * reads, and closed with this stream.
 *
 * @param length what the app says of the source, in bytes; another length breaks off, as without compression
 */
export function compressStream(body: ChunkedBody, coding: Coding, length?: number): ChunkedBody {
  const coder =
    coding === 'br'
      ? createBrotliCompress({ ...brotliOptions(), flush: constants.BROTLI_OPERATION_FLUSH })
      : createGzip({ flush: constants.Z_SYNC_FLUSH });
  const chunks: AsyncIterator<Uint8Array> = coder[Symbol.asyncIterator]();
  let source: AsyncIterator<string | Uint8Array> | undefined;

  async function feed(): Promise<void> {
    let size = 0;
    for (;;) {
      const next = await source!.next();
      if (coder.destroyed) return;
      if (next.done === true) break;
      const chunk = toBytes(next.value);
      size += chunk.byteLength;
      if (length !== undefined && size > length) throw lengthError(length);
      if (!coder.write(chunk)) await drained();
    }
    if (length !== undefined && size < length) throw lengthError(length);
    coder.end();
  }
  function drained(): Promise<void> {
    return new Promise((resolve) => {
      const goOn = () => {
        coder.off('drain', goOn).off('close', goOn);
        resolve();
      };
      coder.on('drain', goOn).on('close', goOn);
    });
  }
  function fail(error: unknown): void {
    coder.destroy(error instanceof Error ? error : new Error('The stream failed.', { cause: error }));
  }

  return {
    [Symbol.asyncIterator]: () => ({
      next() {
        if (source === undefined) {
          source = body[Symbol.asyncIterator]();
          feed().catch(fail);
        }
        return chunks.next();
      },
      async return() {
        coder.destroy();
        if (source === undefined) closeBody(body);
        else closeSource(source);
        return { done: true, value: undefined };
      },
    }),
  };
}

function lengthError(length: number): Error {
  return new Error(`The body is not of its content-length of ${length} bytes.`);
}
