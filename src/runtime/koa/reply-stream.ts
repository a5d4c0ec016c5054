import { Readable } from 'node:stream';
import { closeSource, toBytes } from '../http/chunks.js';

/**
 * A stream for Koa that never emits `error`: once the head is sent, Koa ignores an error and leaves the client waiting.
 * Chunks are pulled as the client reads them; when it leaves, the source is closed.
 */
export class ReplyStream extends Readable {
  readonly #source: AsyncIterator<string | Uint8Array>;
  readonly #onFailure: (error: unknown) => void;
  #first: IteratorResult<string | Uint8Array> | undefined;

  /**
   * @param source yields the chunks
   * @param first its first result, pulled before the head is sent so that a source that fails at once is a plain 500
   * @param onFailure called with the source's error; must end the connection, so that the reply does not look complete
   */
  constructor(
    source: AsyncIterator<string | Uint8Array>,
    first: IteratorResult<string | Uint8Array>,
    onFailure: (error: unknown) => void,
  ) {
    super();
    this.#source = source;
    this.#first = first;
    this.#onFailure = onFailure;
  }

  override _read(): void {
    this.#pull().catch((error: unknown) => this.#onFailure(error));
  }

  async #pull(): Promise<void> {
    for (;;) {
      const next = this.#first ?? (await this.#source.next());
      this.#first = undefined;
      if (this.destroyed) return;
      if (next.done === true) {
        this.push(null);
        return;
      }
      const bytes = toBytes(next.value);
      // After an empty chunk, the stream would not read again.
      if (bytes.byteLength > 0) {
        this.push(bytes);
        return;
      }
    }
  }

  override _destroy(_error: Error | null, done: (error?: Error | null) => void): void {
    closeSource(this.#source);
    done();
  }
}
