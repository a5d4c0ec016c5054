import type { ChunkedBody } from './http-reply.js';

type Chunk = string | Uint8Array;
const DONE: IteratorResult<Chunk> = { done: true, value: undefined };

/** What a body on its way out needs. This file imports nothing but types: bundles have it as a separate file. */
export interface SendOptions {
  /** The `content-length` in bytes, if the app gave one. */
  readonly length: number | undefined;
  /** The other bodies that the app returned for the same request; the one that is sent may read from them. */
  readonly others: ReadonlySet<ChunkedBody>;
  /** Closes a body that nobody has begun to read, or a stream of Node's. */
  readonly closeBody: (body: ChunkedBody) => void;
  /** Called once: at the last chunk, at a failure, or when a door closes the body, even if nothing was read. */
  readonly onEnd: () => void;
}

/** Makes the body that a door reads. */
export function sendBody(body: ChunkedBody, options: SendOptions): AsyncIterableIterator<Chunk> {
  breakOffWithSource(body, options.others);
  return new SentBody(body, options);
}

/** The part of Node's streams that matters here. */
interface NodeStream {
  readonly readableFlowing?: boolean | null;
  readonly errored?: Error | null;
  on(event: 'error', listener: (error: Error) => void): unknown;
  destroy(error?: Error): unknown;
}

/** Node's `pipe` does not pass errors on: the destination would never end. */
function breakOffWithSource(body: ChunkedBody, others: ReadonlySet<ChunkedBody>): void {
  if (!isNodeStream(body)) return;
  for (const other of others) {
    if (!isNodeStream(other)) continue;
    const breakOff = (error: Error) => {
      if (other.readableFlowing === true) body.destroy(error);
    };
    if (other.errored) breakOff(other.errored);
    else other.on('error', breakOff);
  }
}

function isNodeStream(body: unknown): body is NodeStream {
  const { on, destroy } = body as Partial<NodeStream>;
  return typeof on === 'function' && typeof destroy === 'function';
}

/** A body that is held to its `content-length`, and that reports its end. */
class SentBody implements AsyncIterableIterator<Chunk> {
  readonly #body: ChunkedBody;
  readonly #options: SendOptions;
  #source: AsyncIterator<Chunk> | undefined;
  /** What may still come, in bytes; undefined without a `content-length`. */
  #left: number | undefined;
  #isOver = false;

  constructor(body: ChunkedBody, options: SendOptions) {
    this.#body = body;
    this.#options = options;
    this.#left = options.length;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Chunk>> {
    if (this.#isOver) return DONE;
    try {
      const next = await this.#pull();
      // Its end is not that of the body, which must not look complete.
      if (this.#isOver) throw new Error('The body was closed before its end.');
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
    if (this.#left < 0) throw new Error(`The body is longer than its content-length of ${this.#options.length} bytes.`);
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
    if (this.#source === undefined || isNodeStream(this.#body)) this.#options.closeBody(this.#body);
    else closeSource(this.#source);
    this.#options.onEnd();
  }
}

function closeSource(source: AsyncIterator<Chunk>): void {
  try {
    Promise.resolve(source.return?.()).catch(() => {});
  } catch {
    // The source is dropped anyway.
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
