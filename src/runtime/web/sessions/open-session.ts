import type { HttpRequest } from '../../http/http-request.js';
import { sharedByCopies } from '../../identity/copies.js';
import { isReplied } from '../cookies/cookie-queue.js';
import type { FlashedMessage } from '../flashed-messages.js';
import { type SessionUser, sessionUsers, type UserId } from '../session-users.js';
import { isHalfOver, type SessionCarrier, type SessionRecord } from './session-carrier.js';
import { createSessionObject, type SessionObject } from './session-object.js';
import { addKept, type KeptInSession, takeKept } from './session-record.js';

const openSessions = sharedByCopies('sessions', new WeakMap<HttpRequest, OpenSession>());

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

sessionUsers.of = (request) => openSessions.get(request);

/** One client's session during one request: read when something first needs it, written once, before the reply. */
export class OpenSession implements SessionUser {
  readonly #request: HttpRequest;
  readonly #carrier: SessionCarrier;
  #record: SessionRecord | undefined;
  #session: SessionObject | undefined;
  /** What is in the record beside the data; its flashed messages are those that are still to be shown. */
  #kept: KeptInSession = { flashes: [] };
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
    this.#kept.flashes.push([category, message]);
  }

  /** The messages to show now. They are not shown again, unless the request is a HEAD, whose client sees none. */
  readFlashes(): readonly FlashedMessage[] {
    this.#open();
    if (this.#shown === undefined || this.#request.method === 'HEAD') {
      this.#shown = [...this.#kept.flashes];
      if (this.#request.method !== 'HEAD' && !this.#isOver()) this.#kept.flashes = [];
    }
    return this.#shown;
  }

  get userId(): UserId | undefined {
    this.#open();
    return this.#kept.user;
  }

  signIn(id: UserId, lifetime: number | undefined): void {
    const { controls } = this.#open();
    // What somebody else has left in this session is not for this user.
    if (this.#kept.user !== undefined && this.#kept.user !== id) controls.clear();
    else controls.regenerate();
    this.#kept.user = id;
    this.#kept.lifetime = lifetime;
  }

  signOut(): void {
    this.#open().controls.clear();
  }

  forgetUser(): void {
    this.#open();
    if (this.#isOver()) return;
    this.#kept.user = undefined;
    this.#kept.lifetime = undefined;
    this.#isRegenerated = true;
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
    const text = addKept(this.#session.data, this.#kept);
    const before = this.#record?.text ?? '';
    if (text === before && !this.#isRegenerated && !isHalfOver(this.#record)) return;
    // Nothing was there, and nothing is.
    if (text === '' && this.#record === undefined) return;
    if (text === '') await this.#carrier.remove(this.#request, this.#record!);
    else {
      await this.#carrier.save(this.#request, text, {
        before: this.#record,
        isRegenerated: this.#isRegenerated,
        lifetime: this.#kept.lifetime,
      });
    }
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
    this.#kept = takeKept(data);
    this.#session = createSessionObject(data, {
      assertOpen: () => {
        if (this.#isOver()) throw tooLate('The session');
      },
      regenerate: () => {
        this.#isRegenerated = true;
      },
      clear: () => {
        this.#isRegenerated = true;
        this.#kept = { flashes: [] };
      },
    });
    return this.#session;
  }
}

function tooLate(what: string): Error {
  return new Error(
    `${what}: the reply is on its way, and the session has been written. Change it before the handler returns: ` +
      'generators and streams run later, and so does a handler whose request has timed out.',
  );
}
