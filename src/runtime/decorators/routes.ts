import { recordCall } from '../declarations/calls/record-call.js';
import { loadMisplacedDecorator } from '../declarations/records/misplaced-decorator.lazy.js';

/** A path or several, in the grammar of path-to-regexp: `:name`, `*rest`, `{/optional}`. */
export type RoutePath = string | readonly string[];

/**
 * A decorator that makes a method a route.
 *
 * @param path is appended to the controller's prefix. Default: the prefix itself
 * @throws TypeError where the path is not a string, as for a decorator without parentheses
 */
export type RouteDecorator = (path?: RoutePath) => MethodDecorator;

function recordRoute(decorator: string, path: RoutePath = ''): MethodDecorator {
  // A decorator without parentheses gets the class's prototype here.
  if (typeof path !== 'string' && !Array.isArray(path)) loadMisplacedDecorator().refusePath(decorator);
  return recordCall(decorator, typeof path === 'string' ? [path] : [...path], undefined, true);
}

/**
 * Makes a method the route for GET, and for HEAD unless there is a `@Head`.
 *
 * @example
 * ```ts
 * @Get('/:id')
 * show(@Param('id') id: number) { return this.todos.get(id); }
 * ```
 */
export const Get: RouteDecorator = /* @__PURE__ */ recordRoute.bind(undefined, '@Get');

/**
 * Makes a method the route for POST.
 *
 * @example
 * ```ts
 * @Post() @HttpCode(201)
 * create(@Body() input: CreateTodo) { return this.todos.add(input); }
 * ```
 */
export const Post: RouteDecorator = /* @__PURE__ */ recordRoute.bind(undefined, '@Post');

/**
 * Makes a method the route for PUT.
 *
 * @example
 * ```ts
 * @Put('/:id')
 * replace(@Param('id') id: number, @Body() todo: Todo) { this.todos.set(id, todo); }
 * ```
 */
export const Put: RouteDecorator = /* @__PURE__ */ recordRoute.bind(undefined, '@Put');

/**
 * Makes a method the route for PATCH.
 *
 * @example
 * ```ts
 * @Patch('/:id')
 * change(@Param('id') id: number, @Body() change: ChangeTodo) { return this.todos.change(id, change); }
 * ```
 */
export const Patch: RouteDecorator = /* @__PURE__ */ recordRoute.bind(undefined, '@Patch');

/**
 * Makes a method the route for DELETE.
 *
 * @example
 * ```ts
 * @Delete('/:id')
 * remove(@Param('id') id: number) { this.todos.delete(id); }
 * ```
 */
export const Delete: RouteDecorator = /* @__PURE__ */ recordRoute.bind(undefined, '@Delete');

/**
 * Makes a method the route for HEAD. Without one, HEAD gets the headers of GET and no body.
 *
 * @example
 * ```ts
 * @Head('/:file')
 * size(@Param('file') file: string) { return reply(undefined, { headers: { 'x-size': this.sizeOf(file) } }); }
 * ```
 */
export const Head: RouteDecorator = /* @__PURE__ */ recordRoute.bind(undefined, '@Head');

/**
 * Makes a method the route for OPTIONS. Without one, OPTIONS on a known path is a 204 with `Allow`.
 *
 * @example
 * ```ts
 * @Options('/:id')
 * options() { return reply(undefined, { headers: { allow: 'GET, PATCH', 'accept-patch': 'application/json' } }); }
 * ```
 */
export const Options: RouteDecorator = /* @__PURE__ */ recordRoute.bind(undefined, '@Options');

/**
 * Makes a method the route for GET, HEAD, POST, PUT, PATCH, DELETE and OPTIONS. A route for one method beats it.
 *
 * @example
 * ```ts
 * @All('/old/*rest')
 * gone() { throw new GoneError(); }
 * ```
 */
export const All: RouteDecorator = /* @__PURE__ */ recordRoute.bind(undefined, '@All');
