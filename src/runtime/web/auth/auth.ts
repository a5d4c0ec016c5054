import type { AppOptions } from '../../app.js';
import { type CheckedMiddleware, MIDDLEWARE_MISTAKES } from '../../declarations/middleware-mistakes.js';
import { MIDDLEWARE_ROLE, type RoleHolder, roleOf } from '../../declarations/records/middleware-role.js';
import type { HttpRequest } from '../../http/http-request.js';
import type { Middleware } from '../../http/middleware.js';
import { makePrivate } from '../private-reply.js';
import type { UserId } from '../session-users.js';
import { viewValues } from '../view-values.js';
import type { Auth } from './auth-types.js';
import type { Identifier, Identify } from './identifiers/identifier.js';
import { session } from './identifiers/session-identifier.js';
import { type AuthSettings, hasOpenAuth, openAuth, openAuthOf } from './open-auth.js';

type Loaded<User> = User | undefined | null;

/** What {@link auth} takes: how users are loaded, how clients say who they are, and where they sign in. */
export interface AuthOptions<User extends object, Id extends UserId> {
  /**
   * Loads a user by its id; `undefined` or `null` where no user has this id. Called on first need, at most once a
   * request for each identifier that knows the client.
   */
  loadUser: (id: Id, request: HttpRequest) => Loaded<User> | Promise<Loaded<User>>;
  /**
   * How clients say who they are: `session`, `bearer(…)`, `basicAuth(…)`, a function of your own, or a list of them, of
   * which the first counts that knows the client. Default: `session`.
   */
  identify?: Identify<NoInfer<Id>> | readonly Identify<NoInfer<Id>>[] | undefined;
  /**
   * The path of the app's login page, such as `/login`, without the base path: browsers are sent there by `@LoginRequired()`,
   * and get the way back in `?next=`. Default: no page, they get a 401 as other clients do.
   */
  loginUrl?: string | undefined;
}

/**
 * Makes an app know its users. It goes into `use:`, after `sessions()` where users are known by their session. The user is
 * loaded when something first needs it: `@LoginRequired()`, `@CurrentUser()`, `currentUser(request)`, a view's `current_user`.
 *
 * @example
 * ```ts
 * export const app = defineApp({
 *   controllers: [AccountController],
 *   use: [sessions({ secret }), auth({ loadUser: (id: number) => users.find(id), loginUrl: '/login' })],
 * });
 * ```
 */
export function auth<User extends object, Id extends UserId>(options: AuthOptions<User, Id>): Auth<User, Id> {
  const { loadUser, identify = session, loginUrl } = options;
  const identifiers = (Array.isArray(identify) ? identify : [identify]).map(toIdentifier);
  const settings: AuthSettings = { identifiers, loginUrl, loadUser: loadUser as AuthSettings['loadUser'] };
  const schemes = identifiers.map(({ scheme }) => scheme);

  const middleware: Middleware = async (request, next) => {
    const open = openAuth(request, settings);
    const reply = await next();
    // What a session says is private already, by the middleware of sessions.
    if (open.isAsked && schemes.some((scheme) => scheme !== 'session')) {
      const byHeader = schemes.some((scheme) => scheme === 'bearer' || scheme === 'basic');
      makePrivate(reply, byHeader ? 'Authorization' : undefined);
    }
    return reply;
  };
  return Object.assign(middleware, {
    [MIDDLEWARE_MISTAKES]: (app: Readonly<AppOptions>) => mistakesOf(settings, middleware, app),
    [MIDDLEWARE_ROLE]: { kind: 'auth', schemes, loginUrl },
  } as const) satisfies CheckedMiddleware & RoleHolder;
}

function toIdentifier(identify: Identify<UserId>): Identifier {
  return typeof identify === 'function' ? { scheme: 'other', identify } : identify;
}

function mistakesOf(
  { identifiers, loginUrl, loadUser }: AuthSettings,
  middleware: Middleware,
  { use = [] }: Readonly<AppOptions>,
): string[] {
  const mistakes: string[] = [];
  const add = (what: string) => mistakes.push(`auth(): ${what}`);
  if (typeof loadUser !== 'function') {
    add('loadUser is missing. Pass a function that finds a user by its id: auth({ loadUser: (id: number) => … }).');
  }
  if (identifiers.length === 0) add('identify is an empty list. Name at least one, or leave it out for the session.');
  for (const { identify, findMistakes } of identifiers) {
    if (typeof identify !== 'function')
      add('identify has a value that is not an identifier. Use session, bearer(…), basicAuth(…) or a function.');
    mistakes.push(...(findMistakes?.() ?? []));
  }
  if (loginUrl !== undefined && !isPathOfApp(loginUrl)) {
    add(
      `loginUrl: ${JSON.stringify(loginUrl)} is not a path of the app. Write it like '/login', without the base path.`,
    );
  }
  const sessionsAt = use.findIndex((each) => roleOf(each)?.kind === 'sessions');
  const ownAt = use.indexOf(middleware);
  if (identifiers.some(({ scheme }) => scheme === 'session')) {
    if (sessionsAt === -1) {
      add(
        "users are known by their session, and the app has no sessions. Add sessions({ secret }) of twodoors/sessions before it in 'use:', or say how else by 'identify'.",
      );
    } else if (ownAt !== -1 && sessionsAt > ownAt) {
      add("it stands before sessions() in 'use:', so it would find no session. Put it after sessions().");
    }
  }
  if (use.slice(0, Math.max(ownAt, 0)).some((each) => roleOf(each)?.kind === 'auth')) {
    add('it is there twice. Pass one auth() with a list: identify: [session, bearer(…)].');
  }
  return mistakes;
}

/** Whether this is a path that no browser takes for another origin. */
function isPathOfApp(path: unknown): boolean {
  return typeof path === 'string' && /^\/(?![/\\])[^\\\x00-\x20#]*$/.test(path);
}

// A page of a part of the app without auth() has no user to show.
viewValues.set('current_user', (request) => (hasOpenAuth(request) ? openAuthOf(request).user() : undefined));
