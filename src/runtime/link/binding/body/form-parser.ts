import type { RawBody } from '../../../http/body/body.js';
import { nestNames } from '../../../http/body/form-names.js';
import { type MediaType, MULTIPART } from '../../../http/body/media-type.js';
import { refuseBody } from '../../../http/body/refuse-body.js';
import { bodyText } from '../../../http/body/text-decoding.js';
import type { HttpRequest } from '../../../http/http-request.js';
import { parseNamedValues, toRecord } from '../../../http/named-values.js';
import type { ParsedBody } from './parsed-body.js';

/** Parses a form, with files or without. */
export function parseForm(body: RawBody, type: MediaType, request: HttpRequest): ParsedBody | Promise<ParsedBody> {
  if (type.essence === MULTIPART) return parseFiles(body, request);
  const record = toRecord(parseNamedValues(bodyText(body, type, refuseBody)), true);
  return { value: nestNames(record), format: 'form', isEmpty: body.length === 0, json: undefined, files: undefined };
}

async function parseFiles(body: RawBody, request: HttpRequest): Promise<ParsedBody> {
  // Loaded when the first form with files comes.
  const { parseMultipart } = await import('../../../http/body/multipart.js');
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const { texts, values, files, json } = await parseMultipart(bytes, request.headers['content-type']!, refuseBody);
  let fieldsSize = 0;
  for (const [name, list] of texts) for (const each of list) fieldsSize += Buffer.byteLength(name + each);
  const value = nestNames(toRecord(values, true));
  for (const [name, parsed] of json) value[name] ??= parsed;
  return {
    value,
    format: 'form',
    isEmpty: bytes.byteLength === 0,
    json: undefined,
    files,
    jsonParts: new Set(json.keys()),
    fieldsSize,
  };
}
