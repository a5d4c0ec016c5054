import type { AppOptions } from '../../app.js';
import type { Mistakes } from '../../declarations/mistakes.js';
import { loginNeedOf, type MiddlewareRole, roleOf } from '../../declarations/records/middleware-role.js';
import { placeOfMethod, type RouteDeclaration } from '../../declarations/route.js';
import type { LoginPlan, SchemePlan } from './login-plan.js';

type RoleOf<Kind extends MiddlewareRole['kind']> = Extract<MiddlewareRole, { readonly kind: Kind }>;

/**
 * Plans what a route needs of signing in; undefined where it needs nothing. Adds the mistake of a route that no `auth()`
 * runs for, and of a login page that only users see who have signed in.
 */
export function planLogin(
  { records, controller, methodName, method, path }: RouteDeclaration,
  { use = [] }: Readonly<AppOptions>,
  mistakes: Mistakes,
): LoginPlan | undefined {
  const need = loginNeedOf(records.method, records.uses);
  if (need === undefined) return undefined;
  const roles = [...use, ...records.uses].map(roleOf);
  const guard = roles.findIndex((role) => role?.kind === 'login');
  const before = guard === -1 ? roles : roles.slice(0, guard);
  const auth = before.find((role): role is RoleOf<'auth'> => role?.kind === 'auth');
  const decorator = (roles[guard] as RoleOf<'login'> | undefined)?.decorator ?? '@CurrentUser';
  const ofMethod = mistakes.at({ ...placeOfMethod(controller, methodName), decorator });
  if (auth === undefined) {
    ofMethod.add(
      'login-without-auth',
      'the app does not know its users. Add auth({ loadUser }) of twodoors/auth to "use:" of defineApp.',
    );
  } else if (need === 'required' && method === 'GET' && path === auth.loginUrl?.split('?', 1)[0]) {
    ofMethod.add(
      'login-page-needs-login',
      `it is the login page of auth({ loginUrl: '${auth.loginUrl}' }), which nobody could reach who has not signed in. Remove the decorator, or move the page to another controller.`,
    );
  }
  return need;
}

/** Plans the ways in which clients of an app say who they are; undefined for an app without `auth()`. */
export function planSchemes({ use = [] }: Readonly<AppOptions>): readonly SchemePlan[] | undefined {
  const roles = use.map(roleOf);
  const auth = roles.find((role): role is RoleOf<'auth'> => role?.kind === 'auth');
  const sessions = roles.find((role): role is RoleOf<'sessions'> => role?.kind === 'sessions');
  return auth?.schemes.map((scheme) =>
    scheme === 'session' && sessions !== undefined ? { scheme, cookie: sessions.cookie } : { scheme },
  );
}
