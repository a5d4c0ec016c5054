import type { HeaderFields } from '../header-fields.js';
import { parseNamedValues, toRecord } from '../named-values.js';
import type { RawBody } from './body.js';
import { MULTIPART, mediaTypeOf } from './media-type.js';
import type { Multipart, UploadedFile } from './multipart.js';
import { parseJson } from './parse-json.js';
import { refuseBody } from './refuse-body.js';
import { bodyText } from './text-decoding.js';

/** A value of a form: a text, or a file of a multipart form. */
export type FormValue = string | UploadedFile;

/** A body as text, by the charset of its content type. @throws HttpError 400 or 415 */
export function readText(content: RawBody, headers: HeaderFields): string {
  return bodyText(content, mediaTypeOf(headers), refuseBody);
}

/** A text parsed as JSON. @throws HttpError 400 */
export function readJson(text: string): unknown {
  return parseJson(text, refuseBody);
}

/** Whether the content type is that of a form with files. */
export function isMultipart(headers: HeaderFields): boolean {
  return mediaTypeOf(headers)?.essence === MULTIPART;
}

/** An urlencoded form, names in code-unit order. */
export function readForm(text: string): Record<string, FormValue | FormValue[]> {
  return toRecord(parseNamedValues(text));
}

/** A form with files. @throws HttpError 400 for a malformed one, 413 above a limit */
export async function parseFiles(content: RawBody, headers: HeaderFields): Promise<Multipart> {
  const { parseMultipart } = await import('./multipart.js');
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return parseMultipart(bytes, headers['content-type']!, refuseBody);
}

/** All values of a form with files, texts before files, names in code-unit order. */
export function readMultipart({ values, files }: Multipart): Record<string, FormValue | FormValue[]> {
  const all = new Map<string, FormValue[]>(values);
  for (const [name, list] of files) all.set(name, [...(all.get(name) ?? []), ...list]);
  return toRecord(all);
}
