import { recordCall } from '../../declarations/calls/record-call.js';
import { assertParentheses } from '../../declarations/parentheses.js';
import type { ControllerRecord, MethodRecord } from '../../declarations/records/controller-record.js';
import { loadMisplacedDecorator } from '../../declarations/records/misplaced-decorator.lazy.js';
import { loginGuard } from './login-guard.js';

/**
 * Lets only users use the routes of a class, or one method, who have signed in. Browsers are sent to the `loginUrl` of
 * `auth()`, and back again by `redirectBack`; clients that prefer JSON get a 401. It runs where it stands among the `@Use`
 * of the class or the method, before the body is read.
 *
 * @example
 * ```ts
 * @Controller('/account') @LoginRequired()
 * class AccountController { … }
 * ```
 */
export function LoginRequired(): ClassDecorator & MethodDecorator;
export function LoginRequired(...args: readonly unknown[]): ClassDecorator & MethodDecorator {
  assertParentheses('@LoginRequired', args[0], '@LoginRequired()');
  return recordCall('@LoginRequired', [], {
    on: 'classes and methods',
    write(record: ControllerRecord | MethodRecord, { decorator, target, member }) {
      if (record.uses.includes(loginGuard)) loadMisplacedDecorator().addRepeatedValue(decorator, [target, member]);
      record.uses = [loginGuard, ...record.uses];
    },
  });
}
