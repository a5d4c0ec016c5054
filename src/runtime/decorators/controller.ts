import { recordCall } from '../declarations/calls/record-call.js';
import { loadMisplacedDecorator } from '../declarations/records/misplaced-decorator.lazy.js';

/** What {@link Controller} takes besides the prefix. */
export interface ControllerOptions {
  /**
   * How long an instance lives. `singleton`: one instance serves all requests. `request`: the app's `resolve` creates an
   * instance for each request, which it gets as its second argument. Default: `singleton`.
   */
  scope?: 'singleton' | 'request' | undefined;
  /**
   * The name of the controller in the names of its routes, such as `urlFor(request, 'Posts.show')`. Two controllers of one
   * name in an app are a startup mistake. Default: the name of the class.
   */
  name?: string | undefined;
}

/**
 * Makes a class a controller, whose decorated methods are routes. An app lists it in `defineApp({ controllers })`.
 *
 * @param prefix is put before the paths of all its routes, joined with one slash. Default: none
 * @throws TypeError where the prefix is not a string, as for a decorator without parentheses
 * @example
 * ```ts
 * @Controller('/todos')
 * class TodoController {
 *   @Get('/:id') show(@Param('id') id: number) { return { id }; }
 * }
 * ```
 */
export function Controller(prefix = '', options: ControllerOptions = {}): ClassDecorator {
  if (typeof prefix !== 'string') loadMisplacedDecorator().refusePrefix(prefix);
  return recordCall('@Controller', [prefix, options.scope, options.name], undefined, true);
}
