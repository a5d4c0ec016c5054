import { recordOf } from '../declarations/controller-record.js';

/** What {@link Controller} takes beside the prefix. */
export interface ControllerOptions {
  /**
   * How long an instance lives: `app`, one for all requests; `request`, the app's `resolve` is asked each time, and told
   * the request. Default: `app`.
   */
  scope?: 'singleton' | 'request';
}

/**
 * Makes a class a controller: its decorated methods answer requests.
 *
 * @param prefix stands before the paths of all its routes, joined with one slash. Default: none.
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
