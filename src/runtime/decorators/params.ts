import { addParam, PLAIN_PARAM } from '../declarations/calls/add-param.js';
import { recordCall } from '../declarations/calls/record-call.js';
import { assertParentheses } from '../declarations/parentheses.js';
import type { MethodRecord } from '../declarations/records/controller-record.js';
import type { ParamOptions } from '../declarations/records/param-record.js';
import type { HttpRequest } from '../http/http-request.js';

/**
 * A parameter decorator that binds a value by its name, or, without a name, all values. Name, type and options can each
 * be left out.
 */
export interface NamedParamDecorator {
  /**
   * @param name of the value. A `?` at the end makes it optional: a missing value is `undefined`. Default: all values
   * @param type such as `Number`, `[String]`, an enum, `oneOf('a', 'b')`, a DTO or a schema. Default: the parameter's
   *   type, as the compiler emits it
   * @param options see {@link ParamOptions}
   */
  (name?: string, type?: unknown, options?: ParamOptions): ParameterDecorator;
  (name: string, options: ParamOptions): ParameterDecorator;
  (type: object, options?: ParamOptions): ParameterDecorator;
}

function recordNamed(decorator: string, ...args: readonly unknown[]): ParameterDecorator {
  // Nearly always a name.
  if (typeof args[0] !== 'string') assertParentheses(decorator, args[0], `${decorator}()`, true);
  return recordCall(decorator, args);
}

/**
 * Binds a parameter of the path, decoded; without a name, all of them, as a DTO or as a record. A value that cannot be
 * converted to the type is a 404: there is no such page. What validators or a schema refuse is a 400.
 *
 * @example
 * ```ts
 * @Get('/:id')
 * show(@Param('id') id: number) { … }
 * ```
 */
export const Param: NamedParamDecorator = /* @__PURE__ */ recordNamed.bind(undefined, '@Param');

/**
 * Binds a value of the query string; without a name, all of them: as a DTO, where the parameter's type is a class, else
 * as a record of the values as they came. A missing or unconvertible value is a 400, unless it is optional or has a
 * default.
 *
 * @example
 * ```ts
 * @Get()
 * list(@Query('tag', [String]) tags: string[], @Query('page') page: number = 1) { … }
 * ```
 */
export const Query: NamedParamDecorator = /* @__PURE__ */ recordNamed.bind(undefined, '@Query');

/**
 * Binds a header of the request, whatever the case of its name; without a name, all of them, as a DTO or as a record
 * with names in lower case. A missing or unconvertible value is a 400, unless it is optional or has a default.
 *
 * @example
 * ```ts
 * @Get()
 * list(@Headers('accept-language?') language?: string) { … }
 * ```
 */
export const Headers: NamedParamDecorator = /* @__PURE__ */ recordNamed.bind(undefined, '@Headers');

/**
 * Binds a cookie of the request; without a name, all of them, as a DTO or as a record. A missing or unconvertible value
 * is a 400, unless it is optional or has a default.
 *
 * @example
 * ```ts
 * @Get()
 * show(@Cookie('theme') theme: string = 'light') { … }
 * ```
 */
export const Cookie: NamedParamDecorator = /* @__PURE__ */ recordNamed.bind(undefined, '@Cookie');

/**
 * Binds the body, parsed, converted and validated by the parameter's type or by the type passed (`@Body(CreateTodo)`;
 * `@Body(Object)` is JSON, unchecked; `String`, `Uint8Array` and `Readable` take it unparsed). With a name, it binds one
 * field of it. A body of another content type is a 415, one over the limit a 413, an invalid one a 400.
 *
 * @example
 * ```ts
 * @Post()
 * create(@Body() input: CreateTodo) { … }
 * ```
 */
export const Body: NamedParamDecorator = /* @__PURE__ */ recordNamed.bind(undefined, '@Body');

/**
 * Gives the request itself, an {@link HttpRequest}.
 *
 * @example
 * ```ts
 * @Get()
 * show(@Req() request: HttpRequest) { … }
 * ```
 */
export function Req(): ParameterDecorator;
export function Req(...args: readonly unknown[]): ParameterDecorator {
  assertParentheses('@Req', args[0], '@Req()');
  return recordCall('@Req', []);
}

/**
 * Makes a parameter decorator of your own.
 *
 * @param read gives the value for a request; it gets the arguments of the decorator, and may be asynchronous. What it
 *   throws becomes the reply, like an error of the handler.
 * @example
 * ```ts
 * const Locale = createParam((request, fallback: string) => request.header('accept-language') ?? fallback);
 * // show(@Locale('en') locale: string)
 * ```
 */
export function createParam<Args extends unknown[]>(
  read: (request: HttpRequest, ...args: Args) => unknown,
): (...args: Args) => ParameterDecorator {
  return (...args) => {
    assertParentheses('A decorator of createParam', args[0], '@Locale()', true);
    return recordCall('createParam', [], {
      on: 'parameters',
      write(record: MethodRecord, call) {
        addParam(record, call, { ...PLAIN_PARAM, source: 'request', read: (request) => read(request, ...args) });
      },
    });
  };
}
