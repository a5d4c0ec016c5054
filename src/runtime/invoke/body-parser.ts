import { bodyText, mayPollute, parseJson, type RawBody } from '../http/body.js';
import { HttpError } from '../http/http-error.js';
import type { HttpRequest } from '../http/http-request.js';
import { FORM, isJson, isText, type MediaType } from '../http/media-type.js';
import { parseNamedValues, toRecord } from '../http/named-values.js';

/** What a body is read as: decided by the type of the parameter that binds it. */
export type BodyKind = 'structured' | 'text' | 'bytes';

/** A body, parsed: its value, and whether that came as text (a form), whose scalars are still to be converted. */
export interface ParsedBody {
  readonly value: unknown;
  readonly source: 'json' | 'form' | 'raw';
  /** Nothing was sent. */
  readonly isEmpty: boolean;
  /** Whether a key may be in it that must not reach a prototype; false is certain. */
  readonly mayPollute: boolean;
}

/** Parses one request's body; throws a 415, 413 or 400. */
export type BodyParser = (request: HttpRequest) => ParsedBody | Promise<ParsedBody>;

/** Makes the parser for a kind of body. The type is looked at before the body is read, so that a 415 comes first. */
export function createBodyParser(kind: BodyKind): BodyParser {
  const parse = kind === 'structured' ? parseStructured : kind === 'text' ? parseText : parseBytes;
  return (request) => {
    const type = acceptedType(request, kind);
    const body = request.readBody();
    return body instanceof Promise ? body.then((raw) => parse(raw, type)) : parse(body, type);
  };
}

function acceptedType(request: HttpRequest, kind: BodyKind): MediaType | undefined {
  const { headers } = request;
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding.trim() !== '' && encoding.trim().toLowerCase() !== 'identity') {
    throw new HttpError(415, 'The content-encoding of the body is not supported');
  }
  const header = headers['content-type'];
  if (header === undefined || header.trim() === '') return undefined;
  const type = request.mediaType;
  if (kind === 'bytes') return type;
  const accepts = kind === 'text' ? isText : isStructured;
  if (type === undefined || !accepts(type.essence)) {
    throw new HttpError(415, 'The content-type of the body is not supported');
  }
  return type;
}

function isStructured(essence: string): boolean {
  return isJson(essence) || essence === FORM;
}

function parseStructured(raw: RawBody, type: MediaType | undefined): ParsedBody {
  const isEmpty = raw.length === 0;
  if (type?.essence === FORM) {
    return { value: toRecord(parseNamedValues(bodyText(raw, type))), source: 'form', isEmpty, mayPollute: true };
  }
  if (isEmpty) return { value: undefined, source: 'json', isEmpty, mayPollute: false };
  const text = bodyText(raw, type);
  return { value: parseJson(text), source: 'json', isEmpty, mayPollute: mayPollute(text) };
}

function parseText(raw: RawBody, type: MediaType | undefined): ParsedBody {
  return { value: bodyText(raw, type), source: 'raw', isEmpty: raw.length === 0, mayPollute: false };
}

function parseBytes(raw: RawBody): ParsedBody {
  const value = typeof raw === 'string' ? Buffer.from(raw) : raw;
  return { value, source: 'raw', isEmpty: raw.length === 0, mayPollute: false };
}
