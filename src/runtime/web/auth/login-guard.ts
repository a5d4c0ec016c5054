import { MIDDLEWARE_ROLE, type MiddlewareRole, type RoleHolder } from '../../declarations/records/middleware-role.js';
import type { Middleware } from '../../http/middleware.js';
import { openAuthOf } from './open-auth.js';

/** Makes middleware that lets users pass who have signed in, and sends all others to the login page, or a 401. */
function createGuard(decorator: Extract<MiddlewareRole, { kind: 'login' }>['decorator']): Middleware & RoleHolder {
  const requireLogin: Middleware = async (request, next) => {
    const open = openAuthOf(request);
    if ((await open.user()) !== undefined) return next();
    // Loaded for the first client that is not known.
    const { refuseUnknown } = await import('./login-refusal.js');
    return refuseUnknown(request, open.settings);
  };
  return Object.assign(requireLogin, { [MIDDLEWARE_ROLE]: { kind: 'login', decorator } } as const);
}

/** What `@LoginRequired()` puts on a class or a method. */
export const loginGuard: Middleware & RoleHolder = /* @__PURE__ */ createGuard('@LoginRequired');

/** What `@CurrentUser()` puts on its method. */
export const userGuard: Middleware & RoleHolder = /* @__PURE__ */ createGuard('@CurrentUser');
