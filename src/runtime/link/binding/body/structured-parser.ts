import type { RawBody } from '../../../http/body/body.js';
import { loadContentCoding } from '../../../http/body/content-coding.lazy.js';
import { FORM, isJson, type MediaType, MULTIPART, mediaTypeOf } from '../../../http/body/media-type.js';
import { parseJson } from '../../../http/body/parse-json.js';
import { refuseBody } from '../../../http/body/refuse-body.js';
import { requestBodyOf } from '../../../http/body/request-body.js';
import { bodyText } from '../../../http/body/text-decoding.js';
import type { HttpRequest } from '../../../http/http-request.js';
import { parseForm } from './form-parser.js';
import type { BodyParser, Parse, ParsedBody } from './parsed-body.js';
import { parseRefusedType } from './refused-type.js';

/**
 * Makes a parser.
 *
 * @param accepts whether a type of body is accepted. Default: any is, and none
 * @param needsType whether a body without a type is refused as well
 */
export function parserWith(parse: Parse, accepts?: (essence: string) => boolean, needsType = false): BodyParser {
  return (request) => {
    const type = acceptedType(request, accepts, needsType);
    if (type === null) return parseRefusedType(parse, request, accepts!);
    const body = requestBodyOf(request).content();
    return body instanceof Promise ? body.then((content) => parse(content, type, request)) : parse(body, type, request);
  };
}

/** Whether a type is JSON, or a form's. */
export function isStructured(essence: string): boolean {
  return isJson(essence) || essence === FORM || essence === MULTIPART;
}

/** The type of a body; undefined where it has none, null where the type is refused. */
function acceptedType(
  { headers }: HttpRequest,
  accepts: ((essence: string) => boolean) | undefined,
  needsType: boolean,
): MediaType | undefined | null {
  const coding = headers['content-encoding'];
  if (coding !== undefined) loadContentCoding().codingsOf(coding);
  const header = headers['content-type'];
  if (header === undefined || header.trim() === '') return needsType ? null : undefined;
  const type = mediaTypeOf(headers);
  return accepts !== undefined && (type === undefined || !accepts(type.essence)) ? null : type;
}

/** Parses JSON, what has no type, and forms. */
export function parseContent(
  body: RawBody,
  type: MediaType | undefined,
  request: HttpRequest,
): ParsedBody | Promise<ParsedBody> {
  const essence = type?.essence;
  if (essence === FORM || essence === MULTIPART) return parseForm(body, type!, request);
  // A content type without a body is not a body: clients send it with DELETE and POST.
  if (body.length === 0) {
    return { value: undefined, format: 'json', isEmpty: true, json: '', files: undefined };
  }
  const text = bodyText(body, type, refuseBody);
  return { value: parseJson(text, refuseBody), format: 'json', isEmpty: false, json: text, files: undefined };
}
