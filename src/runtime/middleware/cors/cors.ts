import { addReplyStep } from '../../dispatch/reply-steps.js';
import type { Middleware } from '../../http/middleware.js';
import { trustOrigins } from '../../http/origin/trusted-origins.js';
import { HttpReply } from '../../http/reply/http-reply.js';
import { readyMiddleware } from '../ready-middleware.js';
import type { CorsOptions } from './cors-options.js';
import { type CorsPolicy, corsMistakes, toPolicy } from './cors-policy.js';
import { applyCors, isAllowed, isPreflight } from './cors-reply.js';

/**
 * Lets pages of other origins read replies, those of errors included, and answers browsers' preflights. For the app in
 * `use:`, for a class or a method by `@Use`; the one nearest to the method counts. It may stand anywhere among other
 * middleware: a guard that refuses, before it or after it, changes nothing.
 *
 * Wrong options are startup mistakes: `'*'` with `credentials`, an expression without `^` and `$`, an origin with a path.
 *
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 * @example
 * ```ts
 * defineApp({ controllers, use: [cors({ origin: 'https://app.example', credentials: true, maxAge: 600 })] });
 * ```
 */
export function cors(options: CorsOptions): Middleware {
  const mistakes = corsMistakes(options);
  const settings: CorsPolicy | undefined = mistakes.length === 0 ? toPolicy(options) : undefined;
  const middleware = readyMiddleware('cors', { settings, mistakes, run: passOrAnswer });
  return settings?.trusted === undefined ? middleware : trustOrigins(middleware, settings.trusted);
}

/**
 * Only decides, so that what the app's own function throws is an error like any other; `applyCors` writes the headers, and
 * the answer to a preflight.
 */
const passOrAnswer: Middleware = (request, next) => {
  if (isPreflight(request)) return new HttpReply();
  const allowed = isAllowed(request);
  return allowed instanceof Promise ? allowed.then(next) : next();
};

addReplyStep('cors', applyCors);
