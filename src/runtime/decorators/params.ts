import { nameOf } from '../declarations/class.js';
import { methodRecordOf, recordOf } from '../declarations/controller-record.js';
import type { ParamOptions, ParamRecord, ParamSource } from '../declarations/param-record.js';
import type { HttpRequest } from '../http/http-request.js';
import { planBody } from '../link/binding/body-binder.js';
import { planNamed } from '../link/binding/named-binding.js';
import type { PlanBinding } from '../link/binding/parameter.js';

/** Records one parameter. The function's length is read now: a decorator that wraps the method would hide it later. */
export function recordParam(
  target: object,
  name: string | symbol | undefined,
  index: number,
  rest: Omit<ParamRecord, 'index' | 'hasDefault'>,
): void {
  if (name === undefined) {
    const type = target as { name?: string };
    recordOf(target).mistakes.push(
      `${nameOf(type)}, constructor parameter ${index + 1}: values of a request can only be bound to a method's parameters.`,
    );
    return;
  }
  const method = (target as Record<string | symbol, unknown>)[name];
  const hasDefault = typeof method === 'function' && index >= method.length;
  methodRecordOf(target, name).params.push({ index, hasDefault, ...rest });
}

const OPTION_NAMES = new Set(['optional', 'required', 'groups']);

/** Whether this is a set of options rather than a type: an enum's members are strings or numbers, options are not. */
function isOptions(value: unknown): value is ParamOptions {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const names = Object.keys(value);
  return names.every((name) => {
    const option = (value as Record<string, unknown>)[name];
    return OPTION_NAMES.has(name) && (typeof option === 'boolean' || Array.isArray(option));
  });
}

/** What the parameter decorators that read a named value share: a name, a type, options; each may be left out. */
export interface NamedParamDecorator {
  /** @param options see {@link ParamOptions} */
  (name?: string, type?: unknown, options?: ParamOptions): ParameterDecorator;
  (name: string, options: ParamOptions): ParameterDecorator;
  (type: object, options?: ParamOptions): ParameterDecorator;
}

function named(source: ParamSource, plan: PlanBinding = planNamed): NamedParamDecorator {
  return (...args: unknown[]) => {
    const rest = [...args];
    let name =
      typeof rest[0] === 'string' ? (rest.shift() as string) : rest[0] === undefined ? void rest.shift() : undefined;
    const type = rest.length > 0 && !isOptions(rest[0]) ? rest.shift() : undefined;
    const options: ParamOptions = isOptions(rest[0]) ? { ...rest[0] } : {};
    if (name?.endsWith('?')) {
      name = name.slice(0, -1);
      options.optional ??= true;
    }
    return (target, method, index) => recordParam(target, method, index, { source, name, type, options, plan });
  };
}

/**
 * A parameter of the path, decoded: `@Param('id') id: number`. Without a name, all of them as a record.
 */
export const Param: NamedParamDecorator = /* @__PURE__ */ named('param');

/**
 * A value of the query string: `@Query('page?') page?: number`, `@Query('tag', [String]) tags: string[]`. Without a
 * name, the whole: as a record of the values as they came, or as the DTO that the parameter is typed with.
 */
export const Query: NamedParamDecorator = /* @__PURE__ */ named('query');

/** A header of the request, its name in any case. Without a name, all of them. */
export const Headers: NamedParamDecorator = /* @__PURE__ */ named('headers');

/** A cookie of the request. Without a name, all of them. */
export const Cookie: NamedParamDecorator = /* @__PURE__ */ named('cookie');

/**
 * The body: parsed, converted and validated by the parameter's type (`@Body() input: CreateTodo`) or by the type given
 * (`@Body(CreateTodo)`; `@Body(Object)` is JSON, unchecked). With a name, one field of it.
 */
export const Body: NamedParamDecorator = /* @__PURE__ */ named('body', planBody);

/** The request itself, an {@link HttpRequest}. */
export function Req(): ParameterDecorator {
  return (target, method, index) =>
    recordParam(target, method, index, {
      source: 'request',
      name: undefined,
      type: undefined,
      options: {},
      plan: (() => ({ bind: (request) => request })) satisfies PlanBinding,
    });
}

/**
 * Makes a parameter decorator of your own.
 *
 * @param read called for each request, with the arguments that the decorator was given; may be async. What it throws
 *   becomes the answer, like a handler's error.
 * @example
 * ```ts
 * const Locale = createParam((request) => request.header('accept-language') ?? 'en');
 * // show(@Locale() locale: string)
 * ```
 */
export function createParam<Args extends unknown[]>(
  read: (request: HttpRequest, ...args: Args) => unknown,
): (...args: Args) => ParameterDecorator {
  return (...args) =>
    (target, method, index) =>
      recordParam(target, method, index, {
        source: 'custom',
        name: undefined,
        type: undefined,
        options: {},
        plan: (() => ({ bind: (request) => read(request, ...args) })) satisfies PlanBinding,
      });
}
