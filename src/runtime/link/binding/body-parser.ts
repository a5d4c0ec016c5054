import { mayPollute, type RawBody } from '../../http/body.js';
import { codingsOf } from '../../http/content-coding.js';
import { nestNames } from '../../http/form-names.js';
import { HttpError } from '../../http/http-error.js';
import type { HttpRequest } from '../../http/http-request.js';
import { FORM, isJson, isText, type MediaType, MULTIPART, mediaTypeOf } from '../../http/media-type.js';
import type { UploadedFile } from '../../http/multipart.js';
import { parseNamedValues, toRecord } from '../../http/named-values.js';
import { parseJson } from '../../http/parse-json.js';
import { refuseBody } from '../../http/refuse-body.js';
import { getExchange, readContent } from '../../http/request-access.js';
import { bodyText } from '../../http/text-decoding.js';

/** What a body is read as; the parameters that bind it decide. `form` is multipart only. */
export type BodyKind = 'structured' | 'form' | 'text' | 'bytes' | 'stream';

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
}

/** Parses one request's body. @throws HttpError 415, 413 or 400 */
export type BodyParser = (request: HttpRequest) => ParsedBody | Promise<ParsedBody>;

/** What a route's parser is made of. */
export interface BodyParserOptions {
  readonly kind: BodyKind;
  /** What files may add to the app's limit, in bytes. */
  readonly extraBytes: number;
}

type Parse = (raw: RawBody, type: MediaType | undefined, request: HttpRequest) => ParsedBody | Promise<ParsedBody>;

/** Makes the parser of a route. It checks the content type before it reads the body, so that a 415 comes first. */
export function createBodyParser({ kind, extraBytes }: BodyParserOptions): BodyParser {
  if (kind === 'stream') return (request) => raw(request.stream(), false);
  const parse: Parse = kind === 'text' ? parseText : kind === 'bytes' ? parseBytes : parseStructured;
  const accepts = ACCEPTED[kind];
  return (request) => {
    getExchange(request).bodyLimit += extraBytes;
    const type = acceptedType(request, accepts);
    const body = readContent(request);
    return body instanceof Promise ? body.then((content) => parse(content, type, request)) : parse(body, type, request);
  };
}

const ACCEPTED: Record<Exclude<BodyKind, 'stream'>, (essence: string) => boolean> = {
  structured: (essence) => isJson(essence) || essence === FORM || essence === MULTIPART,
  form: (essence) => essence === MULTIPART,
  text: isText,
  bytes: () => true,
};

function acceptedType(request: HttpRequest, accepts: (essence: string) => boolean): MediaType | undefined {
  const { headers } = request;
  codingsOf(headers['content-encoding']);
  const header = headers['content-type'];
  if (header === undefined || header.trim() === '') return undefined;
  const type = mediaTypeOf(headers);
  if (accepts === ACCEPTED.bytes) return type;
  if (type === undefined || !accepts(type.essence)) {
    throw new HttpError(415, 'The content-type of the body is not supported');
  }
  return type;
}

const parseStructured: Parse = (body, type, request) => {
  const isEmpty = body.length === 0;
  if (type?.essence === MULTIPART) return parseFiles(body, request);
  if (type?.essence === FORM) {
    const record = toRecord(parseNamedValues(bodyText(body, type, refuseBody)));
    return { value: nestNames(record), format: 'form', isEmpty, mayPollute: true, files: undefined };
  }
  // An empty body is malformed JSON, unless no content type claims that it is JSON.
  if (isEmpty && type === undefined) {
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
  const { parseMultipart } = await import('../../http/multipart.js');
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const { values, files } = await parseMultipart(bytes, request.headers['content-type']!, refuseBody);
  return { value: nestNames(toRecord(values)), format: 'form', isEmpty: false, mayPollute: true, files };
}

const parseText: Parse = (body, type) => raw(bodyText(body, type, refuseBody), body.length === 0);

const parseBytes: Parse = (body) => raw(typeof body === 'string' ? Buffer.from(body) : body, body.length === 0);

function raw(value: unknown, isEmpty: boolean): ParsedBody {
  return { value, format: 'raw', isEmpty, mayPollute: false, files: undefined };
}
