import type { AppOptions } from '../app.js';
import { type CheckedMiddleware, MIDDLEWARE_MISTAKES } from '../declarations/middleware-mistakes.js';
import { type Exchange, exchangeOf } from '../dispatch/exchange.js';
import type { HttpRequest } from '../http/http-request.js';
import type { Middleware } from '../http/middleware.js';

/** The middleware of this part, by the names of the functions that make it. */
export type ReadyName = 'accessLog' | 'cacheControl' | 'compress' | 'cors' | 'etag' | 'requestId' | 'securityHeaders';

/** What is known of ready middleware beside what it does. */
interface ReadyKind {
  readonly name: ReadyName;
  /** What its options were made into. */
  readonly settings: unknown;
}

const KIND: unique symbol = Symbol.for('twodoors.middleware-kind') as never;

type ReadyMiddleware = Middleware & { readonly [KIND]?: ReadyKind };

/** How ready middleware is made. */
export interface ReadyOptions<Settings> {
  readonly settings: Settings;
  readonly run: Middleware;
  /** What is wrong with its options; each with its fix. */
  readonly mistakes: readonly string[];
  /** Whether it does its work only in `use` of the app. */
  readonly isForApps?: boolean;
}

/** Makes middleware that is known by its name: startup checks where it stands, and replies that leave read its settings. */
export function readyMiddleware<Settings>(name: ReadyName, options: ReadyOptions<Settings>): Middleware {
  const { settings, run, mistakes, isForApps = false } = options;
  // A function of its own: `run` may be shared by all middleware of this name.
  const middleware: Middleware = (request, next) => run(request, next);
  const findMistakes = (app: Readonly<AppOptions>): string[] => [
    ...mistakes.map((mistake) => `${name}(): ${mistake}`),
    ...placeMistakes(name, middleware, app, isForApps),
  ];
  return Object.assign(middleware, {
    [KIND]: { name, settings } satisfies ReadyKind,
    [MIDDLEWARE_MISTAKES]: findMistakes,
  }) satisfies CheckedMiddleware;
}

/** What is wrong with the place of middleware, with respect to the other ones of an app. */
function placeMistakes(name: ReadyName, self: Middleware, app: Readonly<AppOptions>, isForApps: boolean): string[] {
  const uses = Array.isArray(app.use) ? app.use : [];
  const at = uses.indexOf(self);
  if (at === -1) {
    return isForApps
      ? [`${name}() is on a class or a method, and works only for a whole app. Move it to "use" of defineApp.`]
      : [];
  }
  const before = uses.slice(0, at).map((use) => kindOf(use)?.name);
  const mistakes: string[] = [];
  if (before.includes(name)) mistakes.push(`there are two ${name}() in "use", and only one can count. Remove one.`);
  if (name === 'accessLog' && before.includes('cors')) {
    mistakes.push(
      'accessLog() comes after cors(), which answers preflights itself: they would not be in the log. Put accessLog() before cors().',
    );
  }
  return mistakes;
}

/** What ready middleware is known by; undefined for any other. */
export function kindOf(middleware: unknown): ReadyKind | undefined {
  return typeof middleware === 'function' ? (middleware as unknown as ReadyMiddleware)[KIND] : undefined;
}

/** The settings that count for a request: those nearest to the handler, the app's last; undefined where nothing has any. */
export function settingsOf<Settings>(name: ReadyName, request: HttpRequest): Settings | undefined {
  const exchange = exchangeOf(request);
  return settingsIn<Settings>(name, usesOf(exchange.match)) ?? settingsOfApp<Settings>(name, exchange);
}

/** The settings in `use` of the app. */
export function settingsOfApp<Settings>(name: ReadyName, { app }: Pick<Exchange, 'app'>): Settings | undefined {
  return settingsIn<Settings>(name, app.use ?? []);
}

/** The settings of the innermost middleware of a name. */
export function settingsIn<Settings>(name: ReadyName, uses: readonly Middleware[]): Settings | undefined {
  for (let i = uses.length - 1; i >= 0; i--) {
    const kind = kindOf(uses[i]);
    if (kind?.name === name) return kind.settings as Settings;
  }
  return undefined;
}

/** The middleware of the route that was found; none where no route matches. */
export function usesOf(match: Exchange['match']): readonly Middleware[] {
  return match.kind === 'route' ? match.route.uses : [];
}
