import { listOf, withLists } from '../../../http/body/form-names.js';
import { dropPrototypeKeys, mayPollute } from '../../../http/body/prototype-keys.js';
import type { BodyArgumentPlan, TypePlan } from '../../../plan/app-plan.js';
import type { ScalarType } from '../../../types/scalar-type.js';
import { INVALID, textTypeFor } from '../../../types/text-types.js';
import { trimText } from '../../forms/trim-text.js';
import { type ArgumentContext, typeInHole } from '../argument-context.js';
import type { Binder } from '../binder.js';
import { BindingFailure } from '../binding-failure.js';
import { convertItems } from '../composite/list-items.js';
import { applySchema } from '../schema-binder.js';
import { type Convert, dtoConverter, wholeBinder } from './dto-body.js';
import type { ParsedBody } from './parsed-body.js';

/** A body parameter that is linked. */
interface BodyParameter {
  readonly argument: BodyArgumentPlan;
  readonly context: ArgumentContext;
}

/** As `createBodyBinder`, for all but a whole body that is a DTO. */
export function createRareBodyBinder(argument: BodyArgumentPlan, context: ArgumentContext): Binder {
  const { name, type, isOptional = false } = argument;
  if (name === undefined) {
    if (type === 'stream') return streamBinder(typeInHole(context) as StreamClass);
    if (type === 'string' || type === 'bytes') return rawBinder(argument);
  }
  const convert = orTrimmed(createConverter({ argument, context }, type), argument, context);
  return name === undefined ? wholeBinder(convert, isOptional) : fieldBinder(convert, name, argument);
}

/** A class of streams that can be made of chunks: Node's `Readable`, the web's `ReadableStream`. */
interface StreamClass {
  from(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
}

function streamBinder(stream: StreamClass): Binder {
  return function bindStream(_request, body) {
    return stream.from(body!.value as AsyncIterable<Uint8Array>);
  };
}

/** Drops the spaces around texts first, where the parameter says so. */
function orTrimmed(convert: Convert, { type, isTrimmed }: BodyArgumentPlan, { dtos }: ArgumentContext): Convert {
  if (isTrimmed !== true) return convert;
  return (value, body, path) => convert(trimText(value, type, dtos), body, path);
}

function rawBinder({ isOptional, isTrimmed }: BodyArgumentPlan): Binder {
  return function bindRawBody(_request, body) {
    const { value, isEmpty } = body!;
    if (!isEmpty) return isTrimmed === true && typeof value === 'string' ? value.trim() : value;
    return isOptional ? undefined : BindingFailure.of('body', '', 'a body is required');
  };
}

function fieldBinder(convert: Convert, name: string, { isOptional = false, type }: BodyArgumentPlan): Binder {
  return function bindBodyField(_request, body) {
    const parent = body!.value;
    const has = typeof parent === 'object' && parent !== null && Object.hasOwn(parent, name);
    const value = has ? (parent as Record<string, unknown>)[name] : undefined;
    // Browsers send an input that was left blank as an empty string.
    const isBlank = body!.format === 'form' && value === '' && type !== 'string' && isOptional;
    if (!has || isBlank) return isOptional ? undefined : BindingFailure.of('body', name, `${name} is required`);
    // A part of a multipart form that says that it is JSON.
    const part = body!.jsonParts?.has(name) === true ? asJson(body!) : body!;
    return convert(value, part, name);
  };
}

function asJson(body: ParsedBody): ParsedBody {
  return { ...body, format: 'json' };
}

/** Makes the conversion of values of a parsed body to a type. */
function createConverter(parameter: BodyParameter, type: TypePlan): Convert {
  if (type === 'any') return withoutPrototypeKeys;
  if (type === 'schema') {
    const schema = typeInHole(parameter.context) as Parameters<typeof applySchema>[0];
    return function bindSchema(value, body, path) {
      return applySchema(schema, withoutPrototypeKeys(value, body), 'body', path);
    };
  }
  if (typeof type === 'object') {
    if ('list' in type) return listConverter(parameter, type.list);
    if ('dto' in type) return dtoConverter(parameter.argument, parameter.context, type.dto);
  }
  return scalarConverter(parameter, type as ScalarType);
}

function withoutPrototypeKeys(value: unknown, body: ParsedBody): unknown {
  const isSafe = body.json !== undefined && !mayPollute(body.json);
  const safe = isSafe ? value : dropPrototypeKeys(value);
  // Nothing declares what `qty[7]` of a form is.
  return body.format === 'form' ? (listOf(withLists(safe)) ?? safe) : safe;
}

function scalarConverter({ argument }: BodyParameter, type: ScalarType): Convert {
  const { expected, expectedInJson = expected, convert, accepts, isTextInJson } = textTypeFor(type);
  return function convertScalar(value, body, path) {
    const isText = body.format === 'form' || isTextInJson;
    const converted = isText ? fromText(body.format === 'form' ? firstOf(value) : value) : value;
    if (isText ? converted !== INVALID : accepts(converted)) return converted;
    const subject = path === '' ? (argument.name ?? 'the body') : path;
    return BindingFailure.of('body', path, `${subject} must be ${isText ? expected : expectedInJson}`);
  };
  function fromText(text: unknown): unknown {
    return typeof text === 'string' ? convert(text) : INVALID;
  }
}

function firstOf(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : value;
}

function listConverter(parameter: BodyParameter, type: TypePlan): Convert {
  const convert = createConverter(parameter, type);
  const { name: label = 'the body', separator } = parameter.argument;
  const { maxErrors } = parameter.context;
  const split = (text: string) => (separator === undefined ? [text] : text.split(separator));
  return function convertList(value, body, path) {
    const list = body.format === 'form' ? (typeof value === 'string' ? split(value) : (listOf(value) ?? value)) : value;
    if (!Array.isArray(list)) return BindingFailure.of('body', path, `${label} must be an array`);
    return convertItems(list, (item, i) => convert(item, body, `${path}[${i}]`), maxErrors);
  };
}
