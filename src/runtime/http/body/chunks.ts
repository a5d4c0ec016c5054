import type { ChunkedBody } from '../reply/http-reply.js';

export { type ChunkedBody, isWhole } from '../reply/http-reply.js';

/**
 * A chunk as bytes; text is UTF-8.
 *
 * @throws TypeError for anything else, such as an object
 */
export function toBytes(chunk: unknown): Uint8Array {
  if (typeof chunk === 'string') return Buffer.from(chunk);
  if (chunk instanceof Uint8Array) return chunk;
  if (chunk instanceof ArrayBuffer) return new Uint8Array(chunk);
  throw new TypeError(`A chunk of a streamed body must be a string or bytes, not of type ${typeof chunk}.`);
}

/** Joins all chunks: to text if each of them is text, else to bytes. */
export async function collect(body: ChunkedBody): Promise<string | Uint8Array> {
  const chunks: (string | Uint8Array)[] = [];
  let isText = true;
  for await (const chunk of body) {
    isText &&= typeof chunk === 'string';
    chunks.push(typeof chunk === 'string' ? chunk : toBytes(chunk));
  }
  return isText ? chunks.join('') : Buffer.concat(chunks.map(toBytes));
}

/** Ends a source whose chunks nobody needs any more. Never throws. */
export function closeSource(source: AsyncIterator<unknown>): void {
  try {
    Promise.resolve(source.return?.()).catch(() => {});
  } catch {
    // The source is dropped anyway.
  }
}
