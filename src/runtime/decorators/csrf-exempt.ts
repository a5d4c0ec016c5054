import { recordCall } from '../declarations/calls/record-call.js';
import { assertParentheses } from '../declarations/parentheses.js';

/**
 * Lets pages of any site send forms to the routes of a class, or to one method: for what a payment or sign-in provider
 * sends back by a form (`response_mode=form_post`). Such a route must know by itself that the request is right, as by a
 * signature or a `state`: the browser's cookies may come with it.
 *
 * On a method without a route for POST it is a startup mistake.
 *
 * @example
 * ```ts
 * @Post('/signed-in') @CsrfExempt()
 * signedIn(@Body() result: SignInResult) { return this.accounts.verify(result); }
 * ```
 */
export function CsrfExempt(): ClassDecorator & MethodDecorator;
export function CsrfExempt(...args: readonly unknown[]): ClassDecorator & MethodDecorator {
  assertParentheses('@CsrfExempt', args[0], '@CsrfExempt()');
  return recordCall('@CsrfExempt', []);
}
