import type { HttpRequest } from '../http-request.js';
import type { Middleware } from '../middleware.js';

/**
 * Middleware may have a list of origins under this key, or a function: their pages may send forms to the routes that it
 * wraps. `cors()` has the origins that it names here; `*` is not one of them.
 */
export const TRUSTED_ORIGINS: unique symbol = Symbol.for('twodoors.trusted-origins') as never;

/** Origins as browsers write them (`https://example.com`), or a function that knows them. */
export type TrustedOrigins = readonly string[] | ((origin: string, request: HttpRequest) => boolean | Promise<boolean>);

/** Middleware that trusts origins. */
type TrustingMiddleware = Middleware & { readonly [TRUSTED_ORIGINS]?: TrustedOrigins };

/** Lets forms from these origins pass to whatever a middleware wraps: the whole app in `use:`, else a class or a method. */
export function trustOrigins<T extends Middleware>(middleware: T, origins: TrustedOrigins): T {
  return Object.assign(middleware, { [TRUSTED_ORIGINS]: origins });
}

/** The origins that middleware trusts; undefined for most middleware. */
export function trustedOriginsOf(middleware: Middleware): TrustedOrigins | undefined {
  return (middleware as TrustingMiddleware)[TRUSTED_ORIGINS];
}
