import { addReplyStep, type ReplyStep } from '../dispatch/reply-steps.js';
import type { Middleware } from '../http/middleware.js';
import { readyMiddleware, settingsOf } from './ready-middleware.js';
import { nonces } from './security-headers/nonces.js';

/** What {@link cacheControl} takes; times are in seconds. */
export interface CacheControlOptions {
  /** Whether shared caches, such as a CDN, may keep replies to requests with credentials too. Default: not said. */
  public?: boolean | undefined;
  /** Only the client's own cache may keep replies. Default: false. */
  private?: boolean | undefined;
  /** Caches ask again before they use what they have. Default: false. */
  noCache?: boolean | undefined;
  /** Nobody keeps replies. Default: false. */
  noStore?: boolean | undefined;
  /** How long a reply is fresh. */
  maxAge?: number | undefined;
  /** The same for shared caches alone. */
  sMaxAge?: number | undefined;
  /** How long a stale reply may be used while a cache asks again. */
  staleWhileRevalidate?: number | undefined;
  /** How long a stale reply may be used where the app fails. */
  staleIfError?: number | undefined;
  /** A stale reply is never used without asking. Default: false. */
  mustRevalidate?: boolean | undefined;
  /** The reply never changes while it is fresh: browsers do not ask again on reload. Default: false. */
  immutable?: boolean | undefined;
  /** Nothing on the way, {@link compress} included, may change the body. Default: false. */
  noTransform?: boolean | undefined;
}

interface Settings {
  readonly value: string;
  /** The same for the client alone: for a reply that sets a cookie, or has a nonce. */
  readonly privateValue: string;
}

/**
 * Sets `cache-control` on successful replies to GET and HEAD that have none, whatever comes of a session excepted: that
 * stays private, and so does a reply that sets a cookie, or whose page has a nonce of `cspNonce`. For the app in `use:`, for a
 * class or a method by `@Use`; the one nearest to the method counts. Errors are not touched.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9111#section-5.2.2
 * @example
 * ```ts
 * @Get('/prices') @Use(cacheControl({ public: true, maxAge: 60, staleWhileRevalidate: 600 }))
 * prices() { return this.store.prices(); }
 * ```
 */
export function cacheControl(options: CacheControlOptions): Middleware {
  const mistakes = mistakesOf(options);
  const settings: Settings = {
    value: headerOf(options),
    privateValue: headerOf({ ...options, public: false, private: !options.noStore, sMaxAge: undefined }),
  };
  return readyMiddleware('cacheControl', { settings, mistakes, run: (_request, next) => next() });
}

const setHeader: ReplyStep = (request, reply) => {
  const { status, headers, cookies } = reply;
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (!isRead || status >= 400 || headers['cache-control'] !== undefined) return reply;
  const settings = settingsOf<Settings>('cacheControl', request);
  if (settings === undefined) return reply;
  // Shared caches keep a cookie for one client like anything else (RFC 9111 §7.3), and a nonce, which nobody may know before
  // the reply (Content Security Policy 3, "Security Considerations").
  const isForOne = cookies.length > 0 || nonces.has(request);
  headers['cache-control'] = isForOne ? settings.privateValue : settings.value;
  return reply;
};

function headerOf(options: CacheControlOptions): string {
  const { maxAge, sMaxAge, staleWhileRevalidate, staleIfError } = options;
  const directives = [
    options.public && 'public',
    options.private && 'private',
    options.noCache && 'no-cache',
    options.noStore && 'no-store',
    maxAge !== undefined && `max-age=${maxAge}`,
    sMaxAge !== undefined && `s-maxage=${sMaxAge}`,
    staleWhileRevalidate !== undefined && `stale-while-revalidate=${staleWhileRevalidate}`,
    staleIfError !== undefined && `stale-if-error=${staleIfError}`,
    options.mustRevalidate && 'must-revalidate',
    options.immutable && 'immutable',
    options.noTransform && 'no-transform',
  ];
  return directives.filter(Boolean).join(', ');
}

function mistakesOf(options: CacheControlOptions): string[] {
  const { maxAge, sMaxAge, staleWhileRevalidate, staleIfError } = options;
  const mistakes: string[] = [];
  for (const [name, value] of Object.entries({ maxAge, sMaxAge, staleWhileRevalidate, staleIfError })) {
    if (value === undefined || (Number.isInteger(value) && value >= 0)) continue;
    mistakes.push(`${name}: ${value} is not a whole number of seconds. Correct it, or leave it out.`);
  }
  const others = Object.entries(options).filter(
    ([name, value]) => name !== 'noStore' && value !== undefined && value !== false,
  );
  if (options.public && options.private) mistakes.push('public and private contradict each other. Remove one.');
  if (options.noStore && others.length > 0) {
    mistakes.push(`nothing is kept with noStore, so that ${others[0]![0]} says nothing. Remove one of them.`);
  }
  if (!options.noStore && others.length === 0)
    mistakes.push('it has no directives. Write one, such as { maxAge: 60 }.');
  return mistakes;
}

addReplyStep('cache-control', setHeader);
