import { isWhole, type ReplyBody } from './http-reply.js';

/** A body that comes in chunks. */
export type ChunkedBody = AsyncIterable<string | Uint8Array>;

/** Whether a body comes in chunks. */
export function isChunked(body: ReplyBody): body is ChunkedBody {
  return !isWhole(body);
}

/**
 * A chunk as bytes; text is UTF-8.
 *
 * @throws TypeError for anything else, such as an object
 */
export function toBytes(chunk: unknown): Uint8Array {
  if (typeof chunk === 'string') return Buffer.from(chunk);
  if (chunk instanceof Uint8Array) return chunk;
  if (chunk instanceof ArrayBuffer) return new Uint8Array(chunk);
  throw new TypeError(`A streamed body is made of strings and bytes, and this chunk is of type ${typeof chunk}.`);
}

/** All chunks as one body: text where all of them were, else bytes. */
export async function collect(body: ChunkedBody): Promise<string | Uint8Array> {
  const chunks: (string | Uint8Array)[] = [];
  let isText = true;
  for await (const chunk of body) {
    isText &&= typeof chunk === 'string';
    chunks.push(typeof chunk === 'string' ? chunk : toBytes(chunk));
  }
  return isText ? chunks.join('') : Buffer.concat(chunks.map(toBytes));
}

/** Tells a source that nobody wants more of it. Never throws. */
export function closeSource(source: AsyncIterator<unknown>): void {
  try {
    Promise.resolve(source.return?.()).catch(() => {});
  } catch {
    // It is being thrown away: whatever it says no longer matters.
  }
}
