import { recordOf } from '../metadata.js';

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
export function Controller(prefix = ''): ClassDecorator {
  return (type) => {
    recordOf(type).prefix = prefix;
  };
}
