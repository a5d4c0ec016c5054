import { dropPrototypeKeys } from '../http/body.js';
import type { BindingIssue } from '../http/http-error.js';
import type { HttpRequest } from '../http/http-request.js';
import { type Class, nameOf, type ParamRecord, type ParamSource, paramTypesOf } from '../metadata.js';
import type { RouteDeclaration } from '../routes/route.js';
import { BindingFailure, failure } from './binding-failure.js';
import { type BodyKind, type BodyParser, createBodyParser, type ParsedBody } from './body-parser.js';
import { INVALID, type TextType, textTypeOf } from './text-types.js';
import { createValidator, isValidated, type UnknownProperties, type Validator } from './validator.js';

/** Gives one argument of a call: a value, a {@link BindingFailure}, or a promise of either. */
export type Binder = (request: HttpRequest, body: ParsedBody | undefined) => unknown;

/** How a route's arguments come about. */
export interface ArgumentPlan {
  /** By position; undefined for parameters without a decorator. */
  readonly binders: readonly (Binder | undefined)[];
  /** Undefined where nothing binds the body: then it is neither read nor limited. */
  readonly parseBody: BodyParser | undefined;
}

const DECORATORS: Record<ParamSource, string> = {
  param: '@Param',
  query: '@Query',
  headers: '@Headers',
  cookie: '@Cookie',
  body: '@Body',
  request: '@Req',
  custom: 'createParam',
};

const PARTS: Record<string, BindingIssue['in']> = {
  param: 'path',
  query: 'query',
  headers: 'header',
  cookie: 'cookie',
};

/** A parameter at startup: what its binder is made of, and where its mistakes go. */
interface Parameter {
  readonly record: ParamRecord;
  readonly route: RouteDeclaration;
  /** Given to the decorator, or else left by the compiler. */
  readonly type: unknown;
  readonly isExplicit: boolean;
  readonly isOptional: boolean;
  readonly unknown: UnknownProperties;
  complain(what: string): void;
}

/** Makes the binders of a route. What cannot be bound is pushed to `mistakes`. */
export function planArguments(route: RouteDeclaration, unknown: UnknownProperties, mistakes: string[]): ArgumentPlan {
  const types = paramTypesOf(route.declaredIn, route.methodName);
  const binders: (Binder | undefined)[] = [];
  const bodies: BodyKind[] = [];
  const where = `${nameOf(route.controller)}.${String(route.methodName)}`;
  for (const record of route.record.params.toSorted((a, b) => a.index - b.index)) {
    const decorator = DECORATORS[record.source];
    const complain = (what: string) => {
      mistakes.push(`${where}, parameter ${record.index + 1} (${decorator}): ${what}`);
    };
    if (binders[record.index] !== undefined) complain('it has two decorators that give it a value. Remove one.');
    const parameter: Parameter = {
      record,
      route,
      type: record.type ?? types?.[record.index],
      isExplicit: record.type !== undefined,
      isOptional: isOptional(record),
      unknown,
      complain,
    };
    binders[record.index] = createBinder(parameter, bodies);
  }
  checkBodies(route, bodies, where, mistakes);
  return { binders, parseBody: bodies[0] === undefined ? undefined : createBodyParser(bodies[0]) };
}

function isOptional({ options, source, hasDefault }: ParamRecord): boolean {
  if (options.optional === true) return true;
  return hasDefault && options.required !== true && source !== 'body' && source !== 'request' && source !== 'custom';
}

function checkBodies(route: RouteDeclaration, bodies: readonly BodyKind[], where: string, mistakes: string[]): void {
  if (bodies.length === 0) return;
  const whole = route.record.params.filter(({ source, name }) => source === 'body' && name === undefined);
  if (whole.length > 1 || (whole.length === 1 && bodies.length > 1)) {
    mistakes.push(`${where}: two parameters bind the body. Bind it once, as a class with all that it holds.`);
  }
  if (route.method === 'GET' || route.method === 'HEAD') {
    mistakes.push(
      `${where}: it binds the body of a ${route.method}, which has none that means anything (RFC 9110 §9.3.1). Use @Post, or @Query.`,
    );
  }
}

function createBinder(parameter: Parameter, bodies: BodyKind[]): Binder {
  const { record } = parameter;
  switch (record.source) {
    case 'request':
      return (request) => request;
    case 'custom':
      return record.read!;
    case 'body':
      return createBodyBinder(parameter, bodies);
    default:
      return record.name === undefined ? createWholeBinder(parameter) : createValueBinder(parameter, record.name);
  }
}

/** The cure that fits every parameter whose type is not known at run time. */
function explicitForm({ record }: Parameter, example: string): string {
  const name = record.name === undefined ? '' : `'${record.name}', `;
  return `${DECORATORS[record.source]}(${name}${example})`;
}

/** Says that the type is not known, why, and both cures. */
function complainOfType(parameter: Parameter, example: string): void {
  const { type, complain } = parameter;
  const cures = `Annotate it with a type that is there at run time (and compile with emitDecoratorMetadata), or give the type: ${explicitForm(parameter, example)}.`;
  if (type === undefined) {
    complain(
      `its type is not known: the compiler left no metadata, or the class is not yet defined where two files import each other. ${cures}`,
    );
  } else if (type === Array) {
    complain(
      `it is a list, of what is not known at run time. Give the type of its items: ${explicitForm(parameter, '[Item]')}.`,
    );
  } else if (type === Object) {
    complain(
      `its type is not known: an interface, a union, any, unknown, or a default value without a type leaves nothing at run time. ${cures}`,
    );
  } else {
    complain(
      `its type, ${nameOf(type)}, cannot be made of ${parameter.record.source === 'body' ? 'a body' : 'text'}. ${cures}`,
    );
  }
}

const NEVER: Binder = () => undefined;

function createValueBinder(parameter: Parameter, name: string): Binder {
  const { record, route, type, isOptional } = parameter;
  const isList = Array.isArray(type);
  const textType = textTypeOf(isList ? type[0] : type);
  if (textType === undefined || (isList && type.length !== 1)) {
    complainOfType(parameter, 'Number');
    return NEVER;
  }
  const part = PARTS[record.source]!;
  if (record.source === 'param') {
    const index = route.params.findIndex((param) => param.name === name);
    if (index === -1) {
      const isElsewhere = route.record.routes.some(({ paths }) => paths.some((path) => path.includes(`:${name}`)));
      if (!isElsewhere) {
        const known = route.params.map((param) => `"${param.name}"`).join(', ') || 'none';
        parameter.complain(
          `the path ${route.path} has no parameter "${name}" (it has ${known}). Correct the name, or the path.`,
        );
      }
      return isOptional ? NEVER : () => failure(part, name, `${name} is required`);
    }
    const param = route.params[index]!;
    if (isList) {
      const isRest = param.kind === 'rest';
      return listBinder(
        (request) => {
          const value = request.paramValues[index];
          if (value === undefined) return undefined;
          return isRest ? (value as readonly string[]).map(decodeURIComponent) : [value as string];
        },
        textType,
        part,
        name,
        isOptional,
      );
    }
    return scalarBinder((request) => param.read(request.paramValues[index]), textType, part, name, isOptional);
  }
  if (record.source === 'query') {
    return isList
      ? listBinder((request) => request.queryValues.get(name), textType, part, name, isOptional)
      : scalarBinder((request) => request.queryValues.get(name)?.[0], textType, part, name, isOptional);
  }
  if (record.source === 'headers') {
    const lower = name.toLowerCase();
    return isList
      ? listBinder((request) => splitList(request.headers[lower]), textType, part, lower, isOptional)
      : scalarBinder((request) => request.headers[lower], textType, part, lower, isOptional);
  }
  return isList
    ? listBinder(
        (request) => {
          const value = request.cookies[name];
          return value === undefined ? undefined : [value];
        },
        textType,
        part,
        name,
        isOptional,
      )
    : scalarBinder((request) => request.cookies[name], textType, part, name, isOptional);
}

/** The items of a list field (RFC 9110 §5.6.1): between commas outside of quotes, empty ones left out. */
function splitList(value: string | undefined): string[] | undefined {
  return value
    ?.match(/(?:[^,"]|"(?:[^"\\]|\\[\s\S])*"?)+/g)
    ?.map((item) => item.trim())
    .filter((item) => item !== '');
}

function scalarBinder(
  read: (request: HttpRequest) => string | undefined,
  { convert, expected }: TextType,
  part: BindingIssue['in'],
  name: string,
  isOptional: boolean,
): Binder {
  return (request) => {
    const text = read(request);
    if (text === undefined) return isOptional ? undefined : failure(part, name, `${name} is required`);
    const value = convert(text);
    return value === INVALID ? failure(part, name, `${name} must be ${expected}`) : value;
  };
}

function listBinder(
  read: (request: HttpRequest) => readonly string[] | undefined,
  { convert, expected }: TextType,
  part: BindingIssue['in'],
  name: string,
  isOptional: boolean,
): Binder {
  return (request) => {
    const texts = read(request);
    if (texts === undefined) return isOptional ? undefined : failure(part, name, `${name} is required`);
    const issues: BindingIssue[] = [];
    const values = texts.map((text, i) => {
      const value = convert(text);
      if (value === INVALID) {
        issues.push({ in: part, path: `${name}[${i}]`, message: `each value in ${name} must be ${expected}` });
      }
      return value;
    });
    return issues.length > 0 ? new BindingFailure(issues) : values;
  };
}

function createWholeBinder(parameter: Parameter): Binder {
  const { record, type, unknown } = parameter;
  const read = wholeReader(record.source);
  if (type === undefined || type === Object || type === Map) return read;
  if (typeof type !== 'function' || textTypeOf(type) !== undefined || type === Array) {
    parameter.complain(
      `without a name it gives the whole, which is no ${nameOf(type)}. Name the value: ${DECORATORS[record.source]}('name').`,
    );
    return NEVER;
  }
  const validator = createDtoValidator(parameter, type as Class, unknown, 'text');
  return validator === undefined ? NEVER : (request) => settle(validator(read(request)), PARTS[record.source]!);
}

function wholeReader(source: ParamSource): (request: HttpRequest) => Record<string, unknown> {
  switch (source) {
    case 'param':
      return (request) => request.params;
    case 'query':
      return (request) => request.query;
    case 'headers':
      return (request) => ({ ...request.headers });
    default:
      return (request) => ({ ...request.cookies });
  }
}

function createDtoValidator(
  parameter: Parameter,
  type: Class,
  unknown: UnknownProperties,
  source: 'json' | 'text',
): Validator<object> | undefined {
  if (!isValidated(type)) {
    parameter.complain(
      `the class ${nameOf(type)} has no validators, so that anything would pass. Decorate its properties with class-validator.`,
    );
    return undefined;
  }
  return createValidator(type, { unknown, source });
}

/** A validator's outcome as a binder's. */
function settle(outcome: ReturnType<Validator<object>>, part: BindingIssue['in']): unknown {
  if (outcome instanceof Promise) return outcome.then((settled) => settle(settled, part));
  return 'value' in outcome
    ? outcome.value
    : new BindingFailure(outcome.issues.map((issue) => ({ in: part, ...issue })));
}

const STRUCTURED_SCALARS = new Map<unknown, { expected: string; accepts: (value: unknown) => boolean }>([
  [Number, { expected: 'a number', accepts: (value) => typeof value === 'number' }],
  [Boolean, { expected: 'true or false', accepts: (value) => typeof value === 'boolean' }],
]);

function createBodyBinder(parameter: Parameter, bodies: BodyKind[]): Binder {
  const { record, type, isExplicit, isOptional } = parameter;
  const { name } = record;
  const whole = name === undefined;
  if (whole && type === String) {
    bodies.push('text');
    return (_request, body) => (body!.isEmpty && isOptional ? undefined : body!.value);
  }
  if (whole && (type === Uint8Array || type === Buffer)) {
    bodies.push('bytes');
    return (_request, body) => (body!.isEmpty && isOptional ? undefined : body!.value);
  }
  bodies.push('structured');
  const convert = structuredConverter(parameter, isExplicit);
  if (convert === undefined) return NEVER;
  if (whole) {
    return (_request, body) => {
      if (!body!.isEmpty || body!.source === 'form') return convert(body!.value, body!, '');
      return isOptional ? undefined : failure('body', '', 'a body is required');
    };
  }
  return (_request, body) => {
    const holder = body!.value;
    const has = typeof holder === 'object' && holder !== null && Object.hasOwn(holder, name);
    if (!has) return isOptional ? undefined : failure('body', name, `${name} is required`);
    return convert((holder as Record<string, unknown>)[name], body!, name);
  };
}

type StructuredConverter = (value: unknown, body: ParsedBody, path: string) => unknown;

function structuredConverter(parameter: Parameter, isExplicit: boolean): StructuredConverter | undefined {
  const { type, record, unknown } = parameter;
  if (type === Object && isExplicit) {
    return (value, body) => (body.mayPollute ? dropPrototypeKeys(value) : value);
  }
  const scalar = STRUCTURED_SCALARS.get(type);
  const textType = textTypeOf(type);
  if (scalar !== undefined || textType !== undefined) {
    const expected = scalar?.expected ?? textType!.expected;
    return (value, body, path) => {
      const label = record.name ?? 'the body';
      if (body.source === 'json' && scalar !== undefined) {
        return scalar.accepts(value) ? value : failure('body', path, `${label} must be ${expected}`);
      }
      const text = Array.isArray(value) && body.source === 'form' ? value[0] : value;
      const converted = typeof text === 'string' ? textType!.convert(text) : INVALID;
      return converted === INVALID ? failure('body', path, `${label} must be ${expected}`) : converted;
    };
  }
  if (typeof type !== 'function' || type === Object || type === Array) {
    complainOfType(parameter, 'CreateTodo');
    return undefined;
  }
  const json = createDtoValidator(parameter, type as Class, unknown, 'json');
  if (json === undefined) return undefined;
  const form = createValidator(type as Class, { unknown, source: 'text' });
  return (value, body, path) => {
    const outcome = settle((body.source === 'form' ? form : json)(value), 'body');
    return path === '' ? outcome : under(outcome, path);
  };
}

/** Puts a field's name before the paths of its mistakes. */
function under(outcome: unknown, name: string): unknown {
  if (outcome instanceof Promise) return outcome.then((settled) => under(settled, name));
  if (!(outcome instanceof BindingFailure)) return outcome;
  return new BindingFailure(
    outcome.issues.map((issue) => ({ ...issue, path: issue.path === '' ? name : `${name}.${issue.path}` })),
  );
}
