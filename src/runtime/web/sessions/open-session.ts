import type { HttpRequest } from '../../http/http-request.js';
import { sharedByCopies } from '../../identity/copies.js';
import { isReplied } from '../cookies/cookie-queue.js';
import { jsonTextOf } from '../cookies/json-text.js';
import type { FlashedMessage } from '../flashed-messages.js';
import type { SessionCarrier, SessionRecord } from './session-carrier.js';
import { createSessionObject, type SessionObject } from './session-object.js';

/** Where flashed messages are in the record of a session. */
const FLASHES = '_flashes';

const openSessions = sharedByCopies('sessions', () => new WeakMap<HttpRequest, OpenSession>());

/**
 * The session of a request while the request is under way.
 *
 * @throws Error where no `sessions()` runs for the request
 */
export function openSessionOf(request: HttpRequest): OpenSession {
  const open = openSessions.get(request);
  if (open !== undefined) return open;
  throw new Error(
    'This request has no session. Add sessions({ secret }) of twodoors/sessions to "use:" of defineApp, before the middleware that needs the session.',
  );
}

/** Whether `sessions()` runs for a request. */
export function hasOpenSession(request: HttpRequest): boolean {
  return openSessions.has(request);
}

/** Opens the session of a request. */
export function openSession(request: HttpRequest, carrier: SessionCarrier): OpenSession {
  const open = new OpenSession(request, carrier);
  openSessions.set(request, open);
  return open;
}

/** One client's session during one request: read when something first needs it, written once, before the reply. */
export class OpenSession {
  readonly #request: HttpRequest;
  readonly #carrier: SessionCarrier;
  #record: SessionRecord | undefined;
  #session: SessionObject | undefined;
  /** Flashed messages that are still to be shown. */
  #flashes: FlashedMessage[] = [];
  /** Flashed messages that this request shows; undefined until it asks. */
  #shown: FlashedMessage[] | undefined;
  #isRegenerated = false;
  #isClosed = false;

  constructor(request: HttpRequest, carrier: SessionCarrier) {
    this.#request = request;
    this.#carrier = carrier;
  }

  /** Whether something has asked for the session, so that the reply depends on it. */
  get isTouched(): boolean {
    return this.#session !== undefined;
  }

  /** Reads the record where that takes time. */
  async load(): Promise<void> {
    this.#record = await this.#carrier.load?.(this.#request);
  }

  /** @throws TypeError where the app's secret is missing */
  get session(): object {
    return this.#open().proxy;
  }

  /** @throws Error where the reply is on its way */
  flash(category: string, message: string): void {
    this.#open();
    if (this.#isOver()) throw tooLate('flash');
    this.#flashes.push([category, message]);
  }

  /** The messages to show now. They are not shown again, unless the request is a HEAD, whose client sees none. */
  readFlashes(): readonly FlashedMessage[] {
    this.#open();
    if (this.#shown === undefined || this.#request.method === 'HEAD') {
      this.#shown = [...this.#flashes];
      if (this.#request.method !== 'HEAD' && !this.#isOver()) this.#flashes = [];
    }
    return this.#shown;
  }

  /**
   * Writes the session where it has changed or has to be renewed; later changes throw.
   *
   * @throws TypeError for a value that JSON would change, RangeError where it does not fit into its cookie
   */
  async commit(): Promise<void> {
    if (this.#isOver()) return;
    this.#isClosed = true;
    if (this.#session === undefined) return;
    const text = this.#toText(this.#session);
    const before = this.#record?.text ?? '';
    if (text === before && !this.#isRegenerated && !this.#carrier.isHalfOver(this.#record)) return;
    // Nothing was there, and nothing is.
    if (text === '' && this.#record === undefined) return;
    if (text === '') await this.#carrier.remove(this.#request, this.#record!);
    else await this.#carrier.save(this.#request, text, this.#record, this.#isRegenerated);
  }

  /** Writes nothing; later changes throw. */
  abandon(): void {
    this.#isClosed = true;
  }

  /** The reply is on its way: what a handler does that has timed out changes nothing any more. */
  #isOver(): boolean {
    return this.#isClosed || isReplied(this.#request);
  }

  #open(): SessionObject {
    if (this.#session !== undefined) return this.#session;
    this.#record ??= this.#carrier.read?.(this.#request);
    const data = (this.#record === undefined ? {} : JSON.parse(this.#record.text)) as Record<string, unknown>;
    this.#flashes = (data[FLASHES] as FlashedMessage[] | undefined) ?? [];
    delete data[FLASHES];
    this.#session = createSessionObject(data, {
      assertOpen: () => {
        if (this.#isOver()) throw tooLate('The session');
      },
      regenerate: () => {
        this.#isRegenerated = true;
      },
      clear: () => {
        this.#isRegenerated = true;
        this.#flashes = [];
      },
    });
    return this.#session;
  }

  /** The whole record as JSON; empty for a session without data and messages. */
  #toText({ data }: SessionObject): string {
    if (FLASHES in data) throw new TypeError(`session.${FLASHES} is reserved for flash(). Choose another name.`);
    const text = jsonTextOf(data, 'session');
    if (this.#flashes.length === 0) return text === '{}' ? '' : text;
    const flashes = `${JSON.stringify(FLASHES)}:${JSON.stringify(this.#flashes)}}`;
    return text === '{}' ? `{${flashes}` : `${text.slice(0, -1)},${flashes}`;
  }
}

function tooLate(what: string): Error {
  return new Error(
    `${what}: the reply is on its way, and the session has been written. Change it before the handler returns: ` +
      'generators and streams run later, and so does a handler whose request has timed out.',
  );
}
