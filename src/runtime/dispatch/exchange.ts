import type { AppOptions } from '../app.js';
import type { HttpRequest } from '../http/http-request.js';
import { getExchange, internalsOf } from '../http/request-access.js';
import type { RequestExchange } from '../http/request-exchange.js';
import type { Match } from '../link/matching/match.js';

/** What the dispatcher knows about one request, and about the reply that it has to find. */
export interface Exchange extends RequestExchange {
  /** The options of the app. */
  readonly app: Readonly<AppOptions>;
  /** What the request's target leads to. */
  readonly match: Match;
  /** When the app's `timeout` is over, in milliseconds since 1970; undefined without a timeout. */
  readonly expiresAt: number | undefined;
  /** Set where the app's `onStart` failed for this request: it replaces whatever the target leads to. */
  startFailure: StartFailure | undefined;
  /** Whether a door collects the body before it sends any of it: where it fails, another reply is sent in its place. */
  isCollected?: true;
}

/** Why an app could not start. */
export interface StartFailure {
  /** What `onStart` threw; anything can be thrown, undefined as well. */
  readonly error: unknown;
}

/** Opens the exchange of a request. From here on the request has its route, its parameters and its limits. */
export function openExchange(
  request: HttpRequest,
  match: Match,
  app: Readonly<AppOptions>,
  startFailure?: StartFailure,
): void {
  const { timeout } = app;
  const exchange: Exchange = {
    app,
    match,
    expiresAt: timeout === undefined ? undefined : Date.now() + timeout,
    startFailure,
    bodies: undefined,
  };
  internalsOf(request).exchange = exchange;
}

/** The exchange of a request that was dispatched. */
export const exchangeOf = getExchange as (request: HttpRequest) => Exchange;
