import { recordCall } from '../declarations/calls/record-call.js';
import { assertParentheses } from '../declarations/parentheses.js';

/**
 * Sets the status of a successful reply. Default: 200, or 204 for `undefined` and `null`. Errors keep their own status.
 *
 * @param status from 200 to 599; any other is a startup mistake
 * @example
 * ```ts
 * @Post() @HttpCode(201)
 * create(@Body() input: CreateTodo) { return this.todos.add(input); }
 * ```
 */
export function HttpCode(status: number): MethodDecorator {
  assertParentheses('@HttpCode', status);
  return recordCall('@HttpCode', [status]);
}

/**
 * Sets a header of a successful reply; repeat it for several headers. Replies to errors do not get it. A name or value
 * that HTTP does not allow is a startup mistake, and so is a header that frames the message, such as `content-length`.
 *
 * @example
 * ```ts
 * @Get('/logo') @Header('cache-control', 'max-age=3600')
 * logo() { return this.logo; }
 * ```
 */
export function Header(name: string, value: string): MethodDecorator {
  assertParentheses('@Header', name);
  return recordCall('@Header', [name, value]);
}

/**
 * Sets the `content-type` of a successful reply. Default: JSON for objects, `text/plain` for strings,
 * `application/octet-stream` for bytes. A text type without a charset gets `; charset=utf-8`. Text and JSON
 * are sent as UTF-8, and say so, whatever charset the type names; bytes and streams keep the type.
 *
 * @param type in full, such as `text/csv`; an invalid one is a startup mistake
 * @example
 * ```ts
 * @Get('/export') @ContentType('text/csv')
 * export() { return 'id,title\n1,Write\n'; }
 * ```
 */
export function ContentType(type: `${string}/${string}`): MethodDecorator {
  assertParentheses('@ContentType', type);
  return recordCall('@ContentType', [type]);
}

/** What {@link Redirect} takes for locations that the method returns. */
export interface ReturnedLocationOptions {
  /** `any` lets a returned location lead to other origins. Never say so where it comes from a request. */
  allow?: 'any' | undefined;
}

/**
 * Redirects. A string that the method returns replaces the location; it must lead to the app's own origin, as for
 * `redirect()`, unless all are allowed. Else the reply is a 500: a location from a request, as in `?next=//evil.example`,
 * would lead users of the app to a foreign page.
 *
 * @param location is percent-encoded where it needs to be. Default: the method must return it, else the reply is a 500
 * @param status from 300 to 399; any other is a startup mistake. Default: 302
 * @example
 * ```ts
 * @Post() @Redirect('/todos', 303)
 * create(@Body() input: CreateTodo) { this.todos.add(input); }
 *
 * @Get('/sign-in') @Redirect({ allow: 'any' })
 * signIn() { return this.provider.authorizationUrl(); }
 * ```
 */
export function Redirect(options: ReturnedLocationOptions & { status?: number | undefined }): MethodDecorator;
export function Redirect(location?: string, status?: number, options?: ReturnedLocationOptions): MethodDecorator;
export function Redirect(
  first?: string | (ReturnedLocationOptions & { status?: number | undefined }),
  second?: number,
  options: ReturnedLocationOptions = {},
): MethodDecorator {
  const location = typeof first === 'string' ? first : undefined;
  const { status = second ?? 302, allow } = typeof first === 'object' ? first : { ...options, status: second };
  assertParentheses('@Redirect', first);
  return recordCall('@Redirect', [location, status, allow]);
}

/**
 * Renders a view with the object that the method returns; `undefined` counts as `{}`. The reply is `text/html` unless
 * `@ContentType` says otherwise. A view that cannot be rendered, or an app without `views`, is a startup mistake.
 *
 * @param view its name, relative to the folder of views
 * @example
 * ```ts
 * @Get() @Render('todos.html')
 * index() { return { todos: this.todos.all() }; }
 * ```
 */
export function Render(view: string): MethodDecorator {
  assertParentheses('@Render', view);
  return recordCall('@Render', [view]);
}

/**
 * Sets the status for a result of `null`: from 400 on, the reply is a problem document; below, it has no body. Default:
 * `@HttpCode`, else 204.
 *
 * @param status from 200 to 599; any other is a startup mistake
 * @example
 * ```ts
 * @Get('/:id') @OnNull(404)
 * show(@Param('id') id: number) { return this.todos.get(id) ?? null; }
 * ```
 */
export function OnNull(status: number): MethodDecorator {
  assertParentheses('@OnNull', status);
  return recordCall('@OnNull', [status]);
}

/**
 * Sets the status for a result of `undefined`: from 400 on, the reply is a problem document; below, it has no body.
 * Default: `@HttpCode`, else 204.
 *
 * @param status from 200 to 599; any other is a startup mistake
 * @example
 * ```ts
 * @Get('/:id') @OnUndefined(404)
 * show(@Param('id') id: number) { return this.todos.get(id); }
 * ```
 */
export function OnUndefined(status: number): MethodDecorator {
  assertParentheses('@OnUndefined', status);
  return recordCall('@OnUndefined', [status]);
}
