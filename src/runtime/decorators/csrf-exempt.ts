import { assertParentheses } from '../declarations/parentheses.js';
import { anyRecordFor } from '../declarations/records/target-record.js';

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
  return (target: object, name?: string | symbol, third?: unknown) => {
    const record = anyRecordFor('@CsrfExempt', target, name, third);
    if (record !== undefined) record.isCsrfExempt = true;
  };
}
