import type { Class } from '../../declarations/class.js';
import { dropPrototypeKeys } from '../../http/body.js';
import { isSchema } from '../../types/standard-schema.js';
import { INVALID, textTypeOf } from '../../types/text-types.js';
import { failure } from './binding-failure.js';
import { createBodyParser, type ParsedBody } from './body-parser.js';
import { bindDto } from './dto-binder.js';
import { type Binder, complainOfType, type Parameter, type PlanBinding } from './parameter.js';
import { applySchema } from './schema-binder.js';
import { gather } from './value-binder.js';

/** Makes an argument of a value of a parsed body, or says what is wrong with it. */
type Convert = (value: unknown, body: ParsedBody, path: string) => unknown;

/** `@Body`: the body, or one field of it. */
export const planBody: PlanBinding = (parameter) => {
  const { record, isOptional, type } = parameter;
  const kind = record.name === undefined ? wholeKind(type) : undefined;
  if (kind !== undefined)
    return { bind: rawBinder(type, kind, isOptional), body: { kind, createParser: createBodyParser } };
  const convert = createConverter(parameter, type) ?? (() => undefined);
  const bind = record.name === undefined ? wholeBinder(convert, isOptional) : fieldBinder(convert, parameter);
  return { bind, body: { kind: 'structured', createParser: createBodyParser } };
};

/** Types that take the body as it is. */
function wholeKind(type: unknown): 'text' | 'bytes' | 'stream' | undefined {
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
    return (_request, body) => stream.from(body!.value as AsyncIterable<Uint8Array>);
  }
  return (_request, body) => (body!.isEmpty && isOptional ? undefined : body!.value);
}

function wholeBinder(convert: Convert, isOptional: boolean): Binder {
  return (_request, body) => {
    if (!body!.isEmpty || body!.source === 'form') return convert(body!.value, body!, '');
    return isOptional ? undefined : failure('body', '', 'a body is required');
  };
}

function fieldBinder(convert: Convert, { record, isOptional, type }: Parameter): Binder {
  const name = record.name!;
  return (_request, body) => {
    const holder = body!.value;
    const has = typeof holder === 'object' && holder !== null && Object.hasOwn(holder, name);
    const value = has ? (holder as Record<string, unknown>)[name] : undefined;
    // An input of a form that was left blank.
    const isBlank = body!.source === 'form' && value === '' && type !== String && isOptional;
    if (!has || isBlank) return isOptional ? undefined : failure('body', name, `${name} is required`);
    return convert(value, body!, name);
  };
}

/** Decides, at startup, how values of a parsed body become the parameter's type. Undefined where they cannot. */
function createConverter(parameter: Parameter, type: unknown): Convert | undefined {
  if (type === Object && parameter.isExplicit) {
    return (value, body) => (body.mayPollute ? dropPrototypeKeys(value) : value);
  }
  if (isSchema(type)) {
    return (value, body, path) => applySchema(type, body.mayPollute ? dropPrototypeKeys(value) : value, 'body', path);
  }
  if (Array.isArray(type) && type.length === 1) return listConverter(parameter, type[0]);
  if (textTypeOf(type) !== undefined) return scalarConverter(parameter, type);
  if (typeof type !== 'function' || type === Object || type === Array) {
    complainOfType(parameter, 'CreateTodo');
    return undefined;
  }
  return dtoConverter(parameter, type as Class);
}

function dtoConverter(parameter: Parameter, type: Class): Convert | undefined {
  const { unknownProperties } = parameter;
  const json = bindDto(parameter, type, { source: 'json', unknownProperties });
  if (json === undefined) return undefined;
  // As JSON it has no mistakes; as a form it needs no more than that.
  const form = bindDto(parameter, type, { source: 'form', unknownProperties })!;
  return (value, body, path) => (body.source === 'form' ? form : json)(value, 'body', path);
}

function scalarConverter({ record }: Parameter, type: unknown): Convert {
  const { expected, convert, accepts, isTextInJson } = textTypeOf(type)!;
  return (value, body, path) => {
    const isText = body.source === 'form' || isTextInJson;
    const converted = isText ? fromText(body.source === 'form' ? firstOf(value) : value) : value;
    if (isText ? converted !== INVALID : accepts(converted)) return converted;
    return failure('body', path, `${path === '' ? (record.name ?? 'the body') : path} must be ${expected}`);
  };
  function fromText(text: unknown): unknown {
    if (typeof text !== 'string') return INVALID;
    return text === 'on' && type === Boolean ? true : convert(text);
  }
}

function firstOf(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : value;
}

function listConverter(parameter: Parameter, type: unknown): Convert | undefined {
  const convert = createConverter({ ...parameter, type, isExplicit: true }, type);
  if (convert === undefined) return undefined;
  const label = parameter.record.name ?? 'the body';
  return (value, body, path) => {
    const list = body.source === 'form' && typeof value === 'string' ? [value] : value;
    if (!Array.isArray(list)) return failure('body', path, `${label} must be an array`);
    return gather(list.map((item, i) => convert(item, body, `${path}[${i}]`)));
  };
}
