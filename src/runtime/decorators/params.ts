import { assertParentheses } from '../declarations/parentheses.js';
import type { ParamOptions, ParamSource } from '../declarations/records/param-record.js';
import type { HttpRequest } from '../http/http-request.js';
import { type DecoratedParam, recordParam } from './record-param.js';

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

/** The options of most parameters. */
const NO_OPTIONS: ParamOptions = {};

function named(decorator: string, source: ParamSource): NamedParamDecorator {
  return (first?: unknown, second?: unknown, third?: unknown) => {
    assertParentheses(decorator, first, `${decorator}()`, true);
    const param =
      typeof first === 'string'
        ? readArguments(decorator, source, first, second, third)
        : readArguments(decorator, source, undefined, first, second);
    return (target: object, method?: string | symbol, position?: unknown) =>
      recordParam(target, method, position, param);
  };
}

/** Reads the arguments `(name?, type?, options?)`. */
function readArguments(
  decorator: string,
  source: ParamSource,
  name: string | undefined,
  second: unknown,
  third: unknown,
): DecoratedParam {
  let type = second;
  let options = NO_OPTIONS;
  if (isOptions(second)) {
    type = undefined;
    options = second;
  } else if (isOptions(third)) {
    options = third;
  }
  if (name?.endsWith('?')) {
    name = name.slice(0, -1);
    options = { ...options, optional: options.optional ?? true };
  }
  return { decorator, source, name, type, options, upload: undefined, read: undefined };
}

/** Whether these are options rather than a type: the members of an enum are strings or numbers, options are not. */
function isOptions(value: unknown): value is ParamOptions {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  for (const [name, option] of Object.entries(value)) if (!isOption(name, option)) return false;
  return true;
}

/** Whether an option may have this value. */
function isOption(name: string, value: unknown): boolean {
  switch (name as keyof ParamOptions) {
    case 'optional':
    case 'required':
    case 'skipMissingProperties':
    case 'stopAtFirstError':
    case 'trim':
      return value === undefined || typeof value === 'boolean';
    case 'groups':
      return value === undefined || Array.isArray(value);
    case 'unknownProperties':
      return value === undefined || value === 'reject' || value === 'strip' || value === 'keep';
    case 'separator':
      return value === undefined || typeof value === 'string';
    default:
      return false;
  }
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
export const Param: NamedParamDecorator = /* @__PURE__ */ named('@Param', 'path');

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
export const Query: NamedParamDecorator = /* @__PURE__ */ named('@Query', 'query');

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
export const Headers: NamedParamDecorator = /* @__PURE__ */ named('@Headers', 'header');

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
export const Cookie: NamedParamDecorator = /* @__PURE__ */ named('@Cookie', 'cookie');

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
export const Body: NamedParamDecorator = /* @__PURE__ */ named('@Body', 'body');

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
  return fromRequest('@Req', (request) => request);
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
    return fromRequest('createParam', (request) => read(request, ...args));
  };
}

/** Makes the decorator of a value that a function makes from the request. */
function fromRequest(decorator: string, read: (request: HttpRequest) => unknown): ParameterDecorator {
  const param: DecoratedParam = {
    decorator,
    source: 'request',
    name: undefined,
    type: undefined,
    options: NO_OPTIONS,
    upload: undefined,
    read,
  };
  return (target: object, method?: string | symbol, position?: unknown) => recordParam(target, method, position, param);
}
