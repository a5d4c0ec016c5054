import { assertSize, bodyTooLarge, type RawBody } from '../../../http/body/body.js';
import { loadContentCoding } from '../../../http/body/content-coding.lazy.js';
import { nestNames } from '../../../http/body/form-names.js';
import { FORM, isJson, isText, type MediaType, MULTIPART, mediaTypeOf } from '../../../http/body/media-type.js';
import type { UploadedFile } from '../../../http/body/multipart.js';
import { parseJson } from '../../../http/body/parse-json.js';
import { mayPollute } from '../../../http/body/prototype-keys.js';
import { refuseBody } from '../../../http/body/refuse-body.js';
import { bodyText } from '../../../http/body/text-decoding.js';
import type { HttpRequest } from '../../../http/http-request.js';
import { parseNamedValues, toRecord } from '../../../http/named-values.js';
import { readContent } from '../../../http/request-access.js';
import type { RoutePlan, TypePlan } from '../../../plan/app-plan.js';
import { fromLimit } from '../../../plan/limit.js';

/** What a body is read as; the parameters that bind it decide. `form` is multipart only. */
type BodyKind = 'structured' | 'form' | 'text' | 'bytes' | 'stream';

/** A parsed body. */
export interface ParsedBody {
  readonly value: unknown;
  /** What it was parsed from: the scalars of a form are text, and are still to be converted. */
  readonly format: 'json' | 'form' | 'raw';
  /** Whether nothing was sent. */
  readonly isEmpty: boolean;
  /** Whether it may have a key that must not reach a prototype; false is certain. */
  readonly mayPollute: boolean;
  readonly files: ReadonlyMap<string, readonly UploadedFile[]> | undefined;
  /** The names of a multipart form whose parts are JSON (RFC 7578 §4.4), and are parsed. */
  readonly jsonParts?: ReadonlySet<string>;
  /** How large the values of a multipart form are without its files, in bytes. */
  readonly fieldsSize?: number;
}

/** Parses one request's body. @throws HttpError 415, 413 or 400 */
export type BodyParser = (request: HttpRequest) => ParsedBody | Promise<ParsedBody>;

type Parse = (raw: RawBody, type: MediaType | undefined, request: HttpRequest) => ParsedBody | Promise<ParsedBody>;

/**
 * Makes the parser of a route with parameters that bind the body. It checks the content type before it reads the body, so
 * that a 415 comes first.
 */
export function bodyParserOf({ args, fieldsLimit }: Pick<RoutePlan, 'args' | 'fieldsLimit'>): BodyParser {
  const kind = bodyKindOf(args);
  if (kind === 'stream') return (request) => raw(request.stream(), false);
  const parse: Parse = kind === 'text' ? parseText : kind === 'bytes' ? parseBytes : parseStructured;
  const accepts = ACCEPTED[kind];
  const limited = fieldsLimit === undefined ? parse : limitFields(parse, fromLimit(fieldsLimit));
  return (request) => {
    const type = acceptedType(request, accepts);
    const body = readContent(request);
    return body instanceof Promise
      ? body.then((content) => limited(content, type, request))
      : limited(body, type, request);
  };
}

/** Refuses a body whose part without files is too large, where files may be read beyond their own limits. */
function limitFields(parse: Parse, limit: number): Parse {
  return async (body, type, request) => {
    if (type?.essence !== MULTIPART) assertSize(body, limit);
    const parsed = await parse(body, type, request);
    if (parsed.fieldsSize !== undefined && parsed.fieldsSize > limit) throw bodyTooLarge(limit);
    return parsed;
  };
}

function bodyKindOf(args: RoutePlan['args']): BodyKind {
  let kind: BodyKind | undefined;
  for (const argument of args) {
    if (argument?.kind === 'file' || argument?.kind === 'files') {
      // A required file can only come in a multipart form.
      if (argument.isOptional !== true) return 'form';
      kind ??= 'structured';
    } else if (argument?.kind === 'body') {
      const { name, type } = argument;
      kind ??= name === undefined ? rawKindOf(type) : 'structured';
    }
  }
  return kind ?? 'structured';
}

function rawKindOf(type: TypePlan): BodyKind {
  return type === 'string' ? 'text' : type === 'bytes' || type === 'stream' ? type : 'structured';
}

const ACCEPTED: Record<Exclude<BodyKind, 'stream'>, (essence: string) => boolean> = {
  structured: (essence) => isJson(essence) || essence === FORM || essence === MULTIPART,
  form: (essence) => essence === MULTIPART,
  text: isText,
  bytes: () => true,
};

function acceptedType(request: HttpRequest, accepts: (essence: string) => boolean): MediaType | undefined {
  const { headers } = request;
  const coding = headers['content-encoding'];
  if (coding !== undefined) loadContentCoding().codingsOf(coding);
  const header = headers['content-type'];
  if (header === undefined || header.trim() === '') return undefined;
  const type = mediaTypeOf(headers);
  if (accepts === ACCEPTED.bytes) return type;
  if (type === undefined || !accepts(type.essence)) {
    throw refuseBody(415, 'The content-type of the body is not supported');
  }
  return type;
}

const parseStructured: Parse = (body, type, request) => {
  const isEmpty = body.length === 0;
  if (type?.essence === MULTIPART) return parseFiles(body, request);
  if (type?.essence === FORM) {
    const record = toRecord(parseNamedValues(bodyText(body, type, refuseBody)), true);
    return { value: nestNames(record), format: 'form', isEmpty, mayPollute: true, files: undefined };
  }
  // A content type without a body is not a body: clients send it with DELETE and POST.
  if (isEmpty) {
    return { value: undefined, format: 'json', isEmpty, mayPollute: false, files: undefined };
  }
  const text = bodyText(body, type, refuseBody);
  return {
    value: parseJson(text, refuseBody),
    format: 'json',
    isEmpty,
    mayPollute: mayPollute(text),
    files: undefined,
  };
};

async function parseFiles(body: RawBody, request: HttpRequest): Promise<ParsedBody> {
  // Loaded when the first form with files comes.
  const { parseMultipart } = await import('../../../http/body/multipart.js');
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const { values, files, json } = await parseMultipart(bytes, request.headers['content-type']!, refuseBody);
  let fieldsSize = 0;
  for (const [name, list] of values) for (const each of list) fieldsSize += Buffer.byteLength(name + each);
  const value = nestNames(toRecord(values, true));
  for (const [name, parsed] of json) value[name] ??= parsed;
  return {
    value,
    format: 'form',
    isEmpty: false,
    mayPollute: true,
    files,
    jsonParts: new Set(json.keys()),
    fieldsSize,
  };
}

const parseText: Parse = (body, type) => raw(bodyText(body, type, refuseBody), body.length === 0);

const parseBytes: Parse = (body) => raw(typeof body === 'string' ? Buffer.from(body) : body, body.length === 0);

function raw(value: unknown, isEmpty: boolean): ParsedBody {
  return { value, format: 'raw', isEmpty, mayPollute: false, files: undefined };
}
