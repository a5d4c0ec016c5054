import { recordCall } from '../declarations/calls/record-call.js';
import { assertParentheses } from '../declarations/parentheses.js';

/** A decorator of methods whose class has a method of this name. Its result is not looked at, so that it can be inferred. */
export type PageDecorator<Page extends string> = (
  target: { readonly [Name in Page]: (...args: never[]) => unknown },
  name: string | symbol,
  descriptor: PropertyDescriptor,
) => void;

/**
 * Shows a form again with its mistakes, on a method with a route for POST: where its body does not bind, or where it throws
 * a `FormError`, the reply is this view with the status 422, if the client takes HTML at least as gladly as JSON. The view
 * has `form`, with what was typed and what is wrong. Other clients get the 400 problem.
 *
 * @param view the view of the page, which must exist at startup
 * @param page the method of the same controller that shows the page: its result is the view's data. It is called with
 *   arguments bound from this request, without its middleware; its path parameters must be in this path, else it is a startup
 *   mistake. A reply that it returns is sent instead, and so is an error that it throws. Default: the view has no data
 * @example
 * ```ts
 * @Get('/register') @Render('register.html')
 * registerForm() { return { countries }; }
 *
 * @Post('/register') @OnInvalid('register.html', 'registerForm')
 * async register(@Body() input: Register) {
 *   if (await this.users.has(input.username)) throw new FormError<Register>({ username: 'Already taken' });
 *   …
 * }
 * ```
 */
export function OnInvalid(view: string): MethodDecorator;
export function OnInvalid<Page extends string>(view: string, page: Page): PageDecorator<Page>;
export function OnInvalid(view: string, page?: string): MethodDecorator {
  assertParentheses('@OnInvalid', view);
  return recordCall('@OnInvalid', [view, page]);
}
