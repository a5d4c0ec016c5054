import type { Class } from '../../declarations/class.js';
import { HttpReply } from '../../http/reply/http-reply.js';
import { makeLate } from '../../http/reply/late-reply.js';
import { flashedMessages } from '../flashed-messages.js';
import { assertRedirect, type RedirectStatus, withLocation } from './redirect.js';
import { type MethodName, type RouteName, readTarget } from './route-target.js';
import { urlOfTarget } from './url-for.js';

/** What {@link redirectTo} takes besides the values. */
export interface RedirectToOptions {
  /** Default: 303, for the page after a form. */
  status?: RedirectStatus | undefined;
  /** The fragment, without the `#`. Default: none. */
  hash?: string | undefined;
  /** A message for the next page, alone or with its category; see `flash` of `twodoors/sessions`. Default: none. */
  flash?: string | readonly [message: string, category: string] | undefined;
}

/**
 * A reply that sends the browser to the URL of a route, as the result of a handler or of middleware. It needs no request:
 * the URL is made, and the message flashed, when the reply is. What is wrong with the route is then a 500 that names it.
 *
 * @param controller a controller of the app, and the name of its method; or both by name: `'PostController.show'`
 * @param values the parameters of the path by name, and the query; see `urlFor`
 * @throws RangeError for a status that is not of a redirect
 * @example
 * ```ts
 * @Post()
 * async create(@Body() input: CreatePost) {
 *   const { id } = await this.posts.add(input);
 *   return redirectTo(PostController, 'show', { id }, { flash: ['Saved', 'success'] });
 * }
 * ```
 */
export function redirectTo<C extends Class>(
  controller: C,
  method: MethodName<C>,
  values?: object,
  options?: RedirectToOptions,
): HttpReply;
export function redirectTo(name: RouteName, values?: object, options?: RedirectToOptions): HttpReply;
export function redirectTo(...args: readonly unknown[]): HttpReply {
  const target = readTarget<RedirectToOptions>(args);
  const { status = 303, hash, flash } = target.options;
  assertRedirect(status, 'redirectTo');
  const reply = new HttpReply(undefined, { status });
  return makeLate(reply, (request) => {
    const location = urlOfTarget(request, { ...target, options: { hash } });
    if (flash !== undefined) {
      const [message, category] = typeof flash === 'string' ? [flash] : flash;
      if (flashedMessages.write === undefined) {
        throw new Error(
          'redirectTo: { flash } needs sessions. Add sessions({ secret }) of \'twodoors/sessions\' to "use:".',
        );
      }
      flashedMessages.write(request, message, category);
    }
    return withLocation(reply, location);
  });
}
