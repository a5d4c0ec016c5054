import type { Class } from '../../declarations/class.js';
import { dropPrototypeKeys } from '../../http/body/body.js';
import { listOf, withLists } from '../../http/body/form-names.js';
import { isSchema } from '../../types/standard-schema.js';
import { INVALID, textTypeOf } from '../../types/text-types.js';
import { BindingFailure } from './binding-failure.js';
import { createBodyParser, type ParsedBody } from './body-parser.js';
import { createDtoBinder } from './dto-binder.js';
import { convertItems } from './list-items.js';
import {
  type Binder,
  bindNothing,
  type Parameter,
  type PlanBinding,
  rejectType,
  unknownPropertiesOf,
} from './parameter.js';
import { applySchema } from './schema-binder.js';

/** Makes an argument of a value of a parsed body, or gives a failure. */
type Convert = (value: unknown, body: ParsedBody, path: string) => unknown;

/** `@Body`: the body, or one field of it. */
export const planBody: PlanBinding = (parameter) => {
  const { record, isOptional, type } = parameter;
  const kind = record.name === undefined ? rawKindOf(type) : undefined;
  if (kind !== undefined) {
    return { bind: rawBinder(type, kind, isOptional), body: { kind, createParser: createBodyParser } };
  }
  const convert = createConverter(parameter, type) ?? bindNothing;
  const bind = record.name === undefined ? wholeBinder(convert, isOptional) : fieldBinder(convert, parameter);
  return { bind, body: { kind: 'structured', createParser: createBodyParser } };
};

/** How a body is read for a type that takes it unparsed; undefined for all other types. */
function rawKindOf(type: unknown): 'text' | 'bytes' | 'stream' | undefined {
  if (type === String) return 'text';
  if (type === Uint8Array || type === Buffer) return 'bytes';
  return isStreamClass(type) ? 'stream' : undefined;
}

/** A class of streams that can be made of chunks: Node's `Readable`, the web's `ReadableStream`. */
interface StreamClass {
  from(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
}

function isStreamClass(type: unknown): type is StreamClass {
  if (typeof type !== 'function' || typeof (type as Partial<StreamClass>).from !== 'function') return false;
  return typeof type.prototype === 'object' && type.prototype !== null && Symbol.asyncIterator in type.prototype;
}

function rawBinder(type: unknown, kind: 'text' | 'bytes' | 'stream', isOptional: boolean): Binder {
  if (kind === 'stream') {
    const stream = type as StreamClass;
    return function bindStream(_request, body) {
      return stream.from(body!.value as AsyncIterable<Uint8Array>);
    };
  }
  return function bindRawBody(_request, body) {
    if (!body!.isEmpty) return body!.value;
    return isOptional ? undefined : BindingFailure.of('body', '', 'a body is required');
  };
}

function wholeBinder(convert: Convert, isOptional: boolean): Binder {
  return function bindBody(_request, body) {
    if (!body!.isEmpty || body!.format === 'form') return convert(body!.value, body!, '');
    return isOptional ? undefined : BindingFailure.of('body', '', 'a body is required');
  };
}

function fieldBinder(convert: Convert, { record, isOptional, type }: Parameter): Binder {
  const name = record.name!;
  return function bindBodyField(_request, body) {
    const parent = body!.value;
    const has = typeof parent === 'object' && parent !== null && Object.hasOwn(parent, name);
    const value = has ? (parent as Record<string, unknown>)[name] : undefined;
    // Browsers send an input that was left blank as an empty string.
    const isBlank = body!.format === 'form' && value === '' && type !== String && isOptional;
    if (!has || isBlank) return isOptional ? undefined : BindingFailure.of('body', name, `${name} is required`);
    // A part of a multipart form that says that it is JSON.
    const part = body!.jsonParts?.has(name) === true ? asJson(body!) : body!;
    return convert(value, part, name);
  };
}

function asJson(body: ParsedBody): ParsedBody {
  return { ...body, format: 'json' };
}

/** Decides, at startup, how values of a parsed body become the parameter's type; undefined where they cannot. */
function createConverter(parameter: Parameter, type: unknown): Convert | undefined {
  if (type === Object && parameter.isExplicit) return withoutPrototypeKeys;
  if (isSchema(type)) {
    return function bindSchema(value, body, path) {
      return applySchema(type, withoutPrototypeKeys(value, body), 'body', path);
    };
  }
  if (Array.isArray(type) && type.length === 1) return listConverter(parameter, type[0]);
  if (textTypeOf(type) !== undefined) return scalarConverter(parameter, type);
  if (typeof type !== 'function' || type === Object || type === Array) {
    rejectType(parameter, 'CreateTodo');
    return undefined;
  }
  return dtoConverter(parameter, type as Class);
}

function withoutPrototypeKeys(value: unknown, body: ParsedBody): unknown {
  const safe = body.mayPollute ? dropPrototypeKeys(value) : value;
  // Nothing declares what `qty[7]` of a form is.
  return body.format === 'form' ? (listOf(withLists(safe)) ?? safe) : safe;
}

function dtoConverter(parameter: Parameter, type: Class): Convert | undefined {
  const bindJson = createDtoBinder(parameter, type, {
    source: 'json',
    unknownProperties: unknownPropertiesOf(parameter, 'reject'),
  });
  if (bindJson === undefined) return undefined;
  // A class without mistakes for JSON has none for forms.
  const bindForm = createDtoBinder(parameter, type, {
    source: 'form',
    unknownProperties: unknownPropertiesOf(parameter, 'strip'),
  })!;
  return function convertDto(value, body, path) {
    return (body.format === 'form' ? bindForm : bindJson)(value, 'body', path);
  };
}

function scalarConverter({ record }: Parameter, type: unknown): Convert {
  const { expected, convert, accepts, isTextInJson } = textTypeOf(type)!;
  return function convertScalar(value, body, path) {
    const isText = body.format === 'form' || isTextInJson;
    const converted = isText ? fromText(body.format === 'form' ? firstOf(value) : value) : value;
    if (isText ? converted !== INVALID : accepts(converted)) return converted;
    return BindingFailure.of('body', path, `${path === '' ? (record.name ?? 'the body') : path} must be ${expected}`);
  };
  function fromText(text: unknown): unknown {
    return typeof text === 'string' ? convert(text) : INVALID;
  }
}

function firstOf(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : value;
}

function listConverter(parameter: Parameter, type: unknown): Convert | undefined {
  const convert = createConverter({ ...parameter, type, isExplicit: true }, type);
  if (convert === undefined) return undefined;
  const label = parameter.record.name ?? 'the body';
  const { separator } = parameter.record.options;
  const split = (text: string) => (separator === undefined || separator === '' ? [text] : text.split(separator));
  return function convertList(value, body, path) {
    const list = body.format === 'form' ? (typeof value === 'string' ? split(value) : (listOf(value) ?? value)) : value;
    if (!Array.isArray(list)) return BindingFailure.of('body', path, `${label} must be an array`);
    return convertItems(list, (item, i) => convert(item, body, `${path}[${i}]`), parameter.maxErrors);
  };
}
