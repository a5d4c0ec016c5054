import type { HttpRequest } from '../../http/http-request.js';
import { sharedByCopies } from '../../identity/copies.js';
import type { UserId } from '../session-users.js';
import type { Identifier } from './identifiers/identifier.js';

/** What `auth()` was called with. */
export interface AuthSettings {
  readonly identifiers: readonly Identifier[];
  readonly loginUrl: string | undefined;
  loadUser(id: UserId, request: HttpRequest): unknown;
}

const openAuths = sharedByCopies('auth', new WeakMap<HttpRequest, OpenAuth>());

/**
 * What is known of the user of a request.
 *
 * @throws Error where no `auth()` runs for the request
 */
export function openAuthOf(request: HttpRequest): OpenAuth {
  const open = openAuths.get(request);
  if (open !== undefined) return open;
  throw new Error(
    'This app does not know its users. Add auth({ loadUser }) of twodoors/auth to "use:" of defineApp, before the middleware that needs the user.',
  );
}

/** Whether `auth()` runs for a request. */
export function hasOpenAuth(request: HttpRequest): boolean {
  return openAuths.has(request);
}

/** Begins to know the user of a request. */
export function openAuth(request: HttpRequest, settings: AuthSettings): OpenAuth {
  const open = new OpenAuth(request, settings);
  openAuths.set(request, open);
  return open;
}

/** The user of one request, loaded when something first needs it. */
export class OpenAuth {
  readonly settings: AuthSettings;
  readonly #request: HttpRequest;
  #user: Promise<object | undefined> | undefined;
  #isAsked = false;

  constructor(request: HttpRequest, settings: AuthSettings) {
    this.#request = request;
    this.settings = settings;
  }

  /** Whether something has asked who the user is, so that the reply depends on it. */
  get isAsked(): boolean {
    return this.#isAsked;
  }

  /** The user; undefined for a client that none of the identifiers knows. Rejects where the user cannot be loaded. */
  user(): Promise<object | undefined> {
    this.#isAsked = true;
    this.#user ??= this.#load();
    return this.#user;
  }

  /** Finds the user again when something next needs it: another one has signed in, or out. */
  reset(): void {
    this.#user = undefined;
  }

  async #load(): Promise<object | undefined> {
    const { identifiers, loadUser } = this.settings;
    for (const identifier of identifiers) {
      const id = await identifier.identify(this.#request);
      if (id === undefined || id === null) continue;
      const user = await loadUser(id, this.#request);
      if (typeof user === 'object' && user !== null) return user;
      if (user !== undefined && user !== null) throw notAUser(user);
      identifier.forget?.(this.#request);
    }
    return undefined;
  }
}

function notAUser(user: unknown): TypeError {
  return new TypeError(
    `loadUser of auth() returned a value of type ${typeof user}. Return the user as an object, or undefined where there is no user with this id.`,
  );
}
