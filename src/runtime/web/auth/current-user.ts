import { addParam, PLAIN_PARAM } from '../../declarations/calls/add-param.js';
import { recordCall } from '../../declarations/calls/record-call.js';
import { assertParentheses } from '../../declarations/parentheses.js';
import type { MethodRecord } from '../../declarations/records/controller-record.js';
import { currentUser } from './login.js';
import { userGuard } from './login-guard.js';

/** What {@link CurrentUser} takes. */
export interface CurrentUserOptions {
  /** Whether clients may be unknown: the value is then `undefined`. Default: false, as with `@LoginRequired()`. */
  optional?: boolean | undefined;
}

/**
 * Gives the user who has signed in, as `loadUser` of `auth()` found it. It implies `@LoginRequired()`, unless it is
 * optional.
 *
 * @example
 * ```ts
 * @Get('/account') show(@CurrentUser() user: User) { return user.name; }
 * @Get('/') home(@CurrentUser({ optional: true }) user?: User) { return `Hello, ${user?.name ?? 'stranger'}`; }
 * ```
 */
export function CurrentUser(options: CurrentUserOptions = {}): ParameterDecorator {
  assertParentheses('@CurrentUser', options, '@CurrentUser()');
  const { optional = false } = options;
  return recordCall('@CurrentUser', [optional], {
    on: 'parameters',
    write(record: MethodRecord, call) {
      addParam(record, call, { ...PLAIN_PARAM, source: 'request', options: { optional }, read: currentUser });
      if (optional || record.uses.includes(userGuard)) return;
      // The decorators of a method run later, from the bottom up: this one is innermost.
      record.uses = [userGuard, ...record.uses];
    },
  });
}
