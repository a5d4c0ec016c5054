import { recordOf } from '../declarations/controller-record.js';

/** What {@link Controller} takes besides the prefix. */
export interface ControllerOptions {
  /**
   * How long an instance lives. `singleton`: one instance serves all requests. `request`: the app's `resolve` creates an
   * instance for each request, which it gets as its second argument. Default: `singleton`.
   */
  scope?: 'singleton' | 'request' | undefined;
}

/**
 * Makes a class a controller, whose decorated methods are routes. An app lists it in `defineApp({ controllers })`.
 *
 * @param prefix is put before the paths of all its routes, joined with one slash. Default: none
 * @example
 * ```ts
 * @Controller('/todos')
 * class TodoController {
 *   @Get('/:id') show(@Param('id') id: number) { return { id }; }
 * }
 * ```
 */
export function Controller(prefix = '', options: ControllerOptions = {}): ClassDecorator {
  return (type) => {
    const record = recordOf(type);
    record.prefix = prefix;
    record.scope = options.scope ?? 'singleton';
  };
}
