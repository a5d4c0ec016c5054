import type { AppPlan, RoutePlan } from '../../plan/app-plan.js';
import type { SecuritySchemeObject } from '../open-api-document.js';

/** The ways of signing in that `auth()` of the app knows, by name. An identifier of the app's own is not described. */
export function plannedSchemes({ auth = [] }: AppPlan['options']): Record<string, SecuritySchemeObject> {
  return Object.fromEntries(
    auth.flatMap(({ scheme, cookie }): [string, SecuritySchemeObject][] => {
      switch (scheme) {
        case 'bearer':
        case 'basic':
          return [[scheme, { type: 'http', scheme }]];
        case 'session':
          return cookie === undefined ? [] : [[scheme, { type: 'apiKey', in: 'cookie', name: cookie }]];
        default:
          return [];
      }
    }),
  );
}

/** What a route needs of them: any one, or, where signing in is optional, none. */
export function plannedSecurity(
  { login }: RoutePlan,
  schemes: Readonly<Record<string, SecuritySchemeObject>>,
): Record<string, string[]>[] {
  if (login === undefined) return [];
  const each = Object.keys(schemes).map((name) => ({ [name]: [] }));
  return login === 'optional' && each.length > 0 ? [...each, {}] : each;
}
