import { Readable } from 'node:stream';
import { closeSource, toBytes } from '../http/chunks.js';

/**
 * A stream for Koa that never emits `error`: after the head has gone out Koa has no answer to one and would leave the
 * client waiting. The chunks are pulled as the client takes them; when it leaves, the source is closed.
 */
export class ReplyStream extends Readable {
  readonly #source: AsyncIterator<string | Uint8Array>;
  readonly #fail: (error: unknown) => void;
  #first: IteratorResult<string | Uint8Array> | undefined;

  /**
   * @param source what gives the chunks
   * @param first the first of them, pulled before the head went out so that a source that fails at once is a plain 500
   * @param fail called with what the source threw; must end the connection, so that the answer does not look complete
   */
  constructor(
    source: AsyncIterator<string | Uint8Array>,
    first: IteratorResult<string | Uint8Array>,
    fail: (error: unknown) => void,
  ) {
    super();
    this.#source = source;
    this.#first = first;
    this.#fail = fail;
  }

  override _read(): void {
    this.#pull().catch((error: unknown) => this.#fail(error));
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
      // An empty chunk would not make the stream ask for another one.
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
