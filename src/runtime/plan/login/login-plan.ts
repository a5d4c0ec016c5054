import type { AuthScheme, LoginNeed } from '../../declarations/records/middleware-role.js';

/** What a route needs of signing in: `required` by `@LoginRequired` or `@CurrentUser`, `optional` where it reads the user. */
export type LoginPlan = LoginNeed;

/** One way in which clients of an app say who they are. */
export interface SchemePlan {
  readonly scheme: AuthScheme;
  /** The name of the cookie, for `session`. */
  readonly cookie?: string;
}
