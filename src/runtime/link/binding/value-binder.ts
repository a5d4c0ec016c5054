import type { BindingIssue } from '../../http/http-error.js';
import { type HttpRequest, paramValuesOf } from '../../http/http-request.js';
import { isSchema } from '../../types/standard-schema.js';
import { INVALID, type TextType, textTypeOf } from '../../types/text-types.js';
import { BindingFailure, failure } from './binding-failure.js';
import { type Binder, complainOfType, NEVER, PARTS, type Parameter } from './parameter.js';
import { applySchema } from './schema-binder.js';

/** Reads the text of one named value; undefined where it is absent. */
type ReadText = (request: HttpRequest) => string | undefined;

/** As {@link ReadText}, for all values of the name. */
type ReadTexts = (request: HttpRequest) => readonly string[] | undefined;

/** Where a named value is, and what it is called in mistakes. */
interface Place {
  readonly part: BindingIssue['in'];
  readonly name: string;
  readonly isOptional: boolean;
  readonly one: ReadText;
  readonly all: ReadTexts;
}

/** Makes the binder of a named value of the path, the query, the headers or the cookies. */
export function createValueBinder(parameter: Parameter, name: string): Binder {
  const place = sourceOf(parameter, name);
  if (place === undefined) return NEVER;
  const { type } = parameter;
  const isList = Array.isArray(type);
  const single: unknown = isList && type.length === 1 ? type[0] : type;
  if (isSchema(single)) return isList ? schemaListBinder(single, place) : schemaBinder(single, place);
  const textType = textTypeOf(single);
  if (textType === undefined) {
    complainOfType(parameter, parameter.type === Boolean ? 'Boolean' : 'Number');
    return NEVER;
  }
  return isList ? listBinder(textType, place) : scalarBinder(textType, place);
}

function sourceOf(parameter: Parameter, name: string): Place | undefined {
  const { record, isOptional } = parameter;
  const part = PARTS[record.source];
  switch (record.source) {
    case 'param':
      return paramPlace(parameter, name);
    case 'query':
      return {
        part,
        name,
        isOptional,
        one: (request) => request.queryValues.get(name)?.[0],
        all: (request) => request.queryValues.get(name),
      };
    case 'headers': {
      const lower = name.toLowerCase();
      return {
        part,
        name: lower,
        isOptional,
        one: (request) => request.headers[lower],
        all: (request) => splitList(request.headers[lower]),
      };
    }
    default:
      return {
        part,
        name,
        isOptional,
        one: (request) => request.cookies[name],
        all: (request) => {
          const value = request.cookies[name];
          return value === undefined ? undefined : [value];
        },
      };
  }
}

function paramPlace({ route, complain, isOptional, record }: Parameter, name: string): Place | undefined {
  const part = PARTS.param;
  const index = route.params.findIndex((param) => param.name === name);
  if (index === -1) {
    // One of several paths of a method may lack what the others have.
    const isElsewhere = route.record.routes.some(({ paths }) => paths.some((path) => hasName(path, name)));
    if (!isElsewhere) {
      const known = route.params.map((param) => `"${param.name}"`).join(', ') || 'none';
      complain(`the path ${route.path} has no parameter "${name}" (it has ${known}). Correct the name, or the path.`);
      return undefined;
    }
    return { part, name, isOptional, one: () => undefined, all: () => undefined };
  }
  const param = route.params[index]!;
  const mayBeAbsent = isOptional || (param.isOptional && record.hasDefault);
  return {
    part,
    name,
    isOptional: mayBeAbsent,
    one: (request) => param.read(paramValuesOf(request)[index]),
    all: (request) => {
      const value = paramValuesOf(request)[index];
      if (value === undefined) return undefined;
      return param.kind === 'rest' ? (value as readonly string[]).map(decodeURIComponent) : [value as string];
    },
  };
}

function hasName(path: string, name: string): boolean {
  const at = Math.max(path.indexOf(`:${name}`), path.indexOf(`*${name}`));
  return at !== -1 && !/[\w$]/.test(path[at + name.length + 1] ?? '');
}

/** The items of a list field (RFC 9110 §5.6.1): between commas outside of quotes, empty ones left out. */
function splitList(value: string | undefined): string[] | undefined {
  return value
    ?.match(/(?:[^,"]|"(?:[^"\\]|\\[\s\S])*"?)+/g)
    ?.map((item) => item.trim())
    .filter((item) => item !== '');
}

function scalarBinder({ convert, expected }: TextType, { one, isOptional, part, name }: Place): Binder {
  return (request) => {
    const text = one(request);
    if (text === undefined) return isOptional ? undefined : failure(part, name, `${name} is required`);
    const value = convert(text);
    return value === INVALID ? failure(part, name, `${name} must be ${expected}`) : value;
  };
}

function listBinder({ convert, expected }: TextType, { all, isOptional, part, name }: Place): Binder {
  return (request) => {
    const texts = all(request);
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

type Schema = Parameters<typeof applySchema>[0];

/** A schema says itself whether a value may be absent. */
function schemaBinder(schema: Schema, { one, isOptional, part, name }: Place): Binder {
  return (request) => {
    const text = one(request);
    return text === undefined && isOptional ? undefined : applySchema(schema, text, part, name);
  };
}

function schemaListBinder(schema: Schema, { all, isOptional, part, name }: Place): Binder {
  return (request) => {
    const texts = all(request);
    if (texts === undefined) return isOptional ? undefined : failure(part, name, `${name} is required`);
    return gather(texts.map((text, i) => applySchema(schema, text, part, `${name}[${i}]`)));
  };
}

/** A list of outcomes as one: the values, or all that is wrong with any. */
export function gather(outcomes: readonly unknown[]): unknown {
  if (outcomes.some((outcome) => outcome instanceof Promise)) return Promise.all(outcomes).then(gather);
  const issues = outcomes.flatMap((outcome) => (outcome instanceof BindingFailure ? outcome.issues : []));
  return issues.length > 0 ? new BindingFailure(issues) : outcomes;
}
