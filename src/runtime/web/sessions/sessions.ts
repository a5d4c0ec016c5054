import type { AppOptions } from '../../app.js';
import { type CheckedMiddleware, MIDDLEWARE_MISTAKES } from '../../declarations/middleware-mistakes.js';
import { MIDDLEWARE_ROLE, type RoleHolder } from '../../declarations/records/middleware-role.js';
import { HttpError } from '../../http/errors/http-error.js';
import type { HttpRequest } from '../../http/http-request.js';
import type { Middleware } from '../../http/middleware.js';
import type { HttpReply } from '../../http/reply/http-reply.js';
import { appOf, isDevelopment } from '../app-of.js';
import type { CookieOptions } from '../cookies/cookie-options.js';
import { keysOf, type Secret } from '../cookies/secret.js';
import { cookieMistake } from '../cookies/set-cookie.js';
import { makePrivate } from '../private-reply.js';
import { runningCommand } from '../running-command.js';
import { createCookieCarrier } from './cookie-carrier.js';
import { machineSecret, testingSecret } from './fallback-secret.js';
import { offerFlashes } from './flash.js';
import { openSession } from './open-session.js';
import type { SessionStore } from './session-store.js';
import { createStoreCarrier } from './store-carrier.js';

/** What {@link sessions} takes: the secret, where sessions are kept, and the cookie's attributes. */
export interface SessionsOptions extends Omit<CookieOptions, 'expires' | 'httpOnly'> {
  /**
   * Signs the cookie; see {@link Secret}. Default: in development one of this machine's own, in tests one of the testing
   * kit. Anywhere else it must be set.
   */
  secret?: Secret | undefined;
  /** The cookie's name. Default: `session`. */
  name?: string;
  /**
   * How long a session lives after it was last written, in seconds. It is written again when half of that is over.
   * Default: until the browser is closed.
   */
  maxAge?: number;
  /**
   * Keeps sessions on the server, in any Keyv 5: `new Keyv(new KeyvRedis(url))`. The cookie then holds a random id. Without
   * `maxAge` a record is dropped 14 days after it was last written. Default: the cookie holds the data.
   */
  store?: SessionStore;
}

/** How long a store keeps a session without `maxAge`, in seconds. */
const STORED_LIFETIME = 14 * 24 * 3600;

/**
 * Gives each client a session: an object that is there again at the client's next request, in a signed cookie, or in a
 * store on the server. Clients can read a cookie's data but not change it; a cookie that was changed, or is too old, is
 * an empty session. Read it by `@Session()` or `sessionOf(request)`.
 *
 * @example
 * ```ts
 * export const app = defineApp({
 *   controllers: [CartController],
 *   use: [sessions({ secret: () => [process.env.SECRET, process.env.PREVIOUS_SECRET] })],
 * });
 * ```
 */
export function sessions(options: SessionsOptions = {}): Middleware {
  const { secret, name = 'session', store, ...attributes } = options;
  const settings = { name, attributes, keys: (request: HttpRequest) => keysFor(secret, request) };
  offerFlashes();
  const { maxAge } = attributes;
  const carrier =
    store === undefined
      ? createCookieCarrier({ ...settings, lifetime: maxAge })
      : createStoreCarrier(store, { ...settings, lifetime: maxAge ?? STORED_LIFETIME });

  const middleware: Middleware = async (request, next) => {
    const open = openSession(request, carrier);
    await open.load();
    let reply: HttpReply;
    try {
      reply = await next();
    } catch (error) {
      // On a class or a method. In `use:` errors come as replies.
      await open.commit();
      throw error;
    }
    if (hasTimedOut(request, reply)) open.abandon();
    else await open.commit();
    if (open.isTouched) makePrivate(reply, 'Cookie');
    return reply;
  };
  const findMistakes = (app: Readonly<AppOptions>) => mistakesOf(options, app);
  return Object.assign(middleware, {
    [MIDDLEWARE_MISTAKES]: findMistakes,
    [MIDDLEWARE_ROLE]: { kind: 'sessions', cookie: name },
  } as const) satisfies CheckedMiddleware & RoleHolder;
}

function keysFor(secret: Secret | undefined, request: HttpRequest): readonly string[] {
  const value = typeof secret === 'function' ? secret() : secret;
  if (isMissing(value) && hasFallback(appOf(request))) return [testingSecret() ?? machineSecret()];
  return keysOf(value, 'sessions()');
}

/** Whether the secret was left out, or an environment variable that should hold it is not set. */
function isMissing(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.every((key) => key === undefined));
}

/**
 * Whether this reply stands for a handler that is still running. Its changes are half of what it wants to do: none of them
 * is written.
 */
function hasTimedOut(request: HttpRequest, { error }: HttpReply): boolean {
  return (
    error instanceof HttpError && (error.status === 504 || error.status === 503) && request.signal.reason === error
  );
}

/** What is wrong with the options; a secret's function is called later, when `onStart` has run. */
function mistakesOf(
  { secret, name = 'session', maxAge, store, ...attributes }: SessionsOptions,
  app: AppOptions,
): string[] {
  const mistakes: string[] = [];
  const add = (what: string) => mistakes.push(`sessions(): ${what}`);
  if (typeof secret !== 'function' && !(isMissing(secret) && (runningCommand() === 'build' || hasFallback(app)))) {
    try {
      keysOf(secret, 'sessions()');
    } catch (error) {
      mistakes.push((error as Error).message);
    }
  }
  const cookie = cookieMistake(name, attributes);
  if (cookie !== undefined) add(`the cookie ${JSON.stringify(name)}: ${cookie}`);
  if (maxAge !== undefined && !(Number.isInteger(maxAge) && maxAge > 0)) {
    add(`maxAge: ${maxAge} is not a whole number of seconds above 0. Correct it, or leave it out.`);
  }
  const isStore = ['get', 'set', 'delete', 'has', 'on'].every(
    (method) => typeof (store as Record<string, unknown> | undefined)?.[method] === 'function',
  );
  if (store !== undefined && !isStore) add('store: it is not a Keyv. Write store: new Keyv(…).');
  return mistakes;
}

/** Whether an app without a secret gets one: in tests, and in development, which a local Lambda is as well. */
function hasFallback(app: Readonly<AppOptions>): boolean {
  return testingSecret() !== undefined || isDevelopment(app) || runningCommand() === 'local';
}
