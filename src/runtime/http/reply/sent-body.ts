import { type ChunkedBody, closeSource } from '../body/chunks.js';
import { closeBody } from './http-reply.js';

type Chunk = string | Uint8Array;
const DONE: IteratorResult<Chunk> = { done: true, value: undefined };

/**
 * The body of a reply on its way out. It holds the body to the `content-length` that the app gave it, and reports its end
 * once: at the last chunk, at a failure, or when a door closes it, even if nothing was read.
 */
export class SentBody implements AsyncIterableIterator<Chunk> {
  readonly #body: ChunkedBody;
  readonly #onEnd: () => void;
  #source: AsyncIterator<Chunk> | undefined;
  /** What may still come, in bytes; undefined without a `content-length`. */
  #left: number | undefined;
  readonly #length: number | undefined;
  #isOver = false;

  /**
   * @param length the `content-length` in bytes, if the app gave one
   * @param onEnd called once
   */
  constructor(body: ChunkedBody, length: number | undefined, onEnd: () => void) {
    this.#body = body;
    this.#length = length;
    this.#left = length;
    this.#onEnd = onEnd;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Chunk>> {
    if (this.#isOver) return DONE;
    try {
      const next = await this.#pull();
      if (next.done === true) this.#end();
      return next;
    } catch (error) {
      this.#end();
      throw error;
    }
  }

  async return(): Promise<IteratorResult<Chunk>> {
    this.#end();
    return DONE;
  }

  async #pull(): Promise<IteratorResult<Chunk>> {
    this.#source ??= openSource(this.#body);
    const next = await this.#source.next();
    if (this.#left === undefined) return next;
    if (next.done === true) {
      if (this.#left > 0) throw new Error(`The body ended ${this.#left} bytes before its content-length.`);
      return next;
    }
    this.#left -= sizeOf(next.value);
    // A client takes a reply of full length for a complete one: the last chunk must not go out before the end is certain.
    if (this.#left === 0) await this.#assertEnd();
    if (this.#left < 0) throw new Error(`The body is longer than its content-length of ${this.#length} bytes.`);
    return next;
  }

  async #assertEnd(): Promise<void> {
    for (;;) {
      const next = await this.#source!.next();
      if (next.done === true) return;
      this.#left! -= sizeOf(next.value);
      if (this.#left! < 0) return;
    }
  }

  #end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    // A stream that is destroyed ends at once; the end of a generator would wait for its next chunk.
    const { destroy } = this.#body as { destroy?: unknown };
    if (this.#source === undefined || typeof destroy === 'function') closeBody(this.#body);
    else closeSource(this.#source);
    this.#onEnd();
  }
}

/** Opens a body; a web stream with a reader, which can be cancelled while it waits for a chunk. */
function openSource(body: ChunkedBody): AsyncIterator<Chunk> {
  const { getReader } = body as { getReader?: () => ReadableStreamDefaultReader<Chunk> };
  if (typeof getReader !== 'function') return body[Symbol.asyncIterator]();
  const reader = getReader.call(body);
  return {
    next: () => reader.read() as Promise<IteratorResult<Chunk>>,
    return: () => reader.cancel().then(() => DONE),
  };
}

/** The size of a chunk in bytes; the doors refuse a chunk that is neither text nor bytes. */
function sizeOf(chunk: unknown): number {
  if (typeof chunk === 'string') return Buffer.byteLength(chunk);
  return (chunk as { byteLength?: number } | undefined | null)?.byteLength ?? 0;
}
