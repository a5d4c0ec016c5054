import { parseNamedValues, toRecord } from '../named-values.js';
import { assertSize, type RawBody, type SentBody } from './body.js';
import { loadContentCoding } from './content-coding.lazy.js';
import { MULTIPART, mediaTypeOf } from './media-type.js';
import type { Multipart, UploadedFile } from './multipart.js';
import { parseJson } from './parse-json.js';
import { refuseBody } from './refuse-body.js';
import { bodyText } from './text-decoding.js';

export { assertSize };

/** A value of a form: a text, or a file of a multipart form. A part of JSON without a file name is its text, as sent. */
export type FormValue = string | UploadedFile;

/** A failure for whoever asks for the body; until then it must not end the process. */
export function rejected(error: unknown): Promise<never> {
  const failure = Promise.reject(error);
  failure.catch(() => {});
  return failure;
}

/** Undoes the `content-encoding` of a body that has one. */
export function decode(body: SentBody): RawBody | Promise<RawBody> {
  const { codingsOf, undoCodings } = loadContentCoding();
  const codings = codingsOf(body.request.headers['content-encoding']);
  return codings.length === 0 ? body.read() : bytesOf(body).then((bytes) => undoCodings(bytes, codings, body.limit));
}

/** The body's bytes, as sent. */
export async function bytesOf(body: SentBody): Promise<Uint8Array> {
  return toBytes(await body.read());
}

/** The body as it arrives, neither limited nor decoded. */
export function streamOf({ reader, raw }: SentBody): AsyncIterable<Uint8Array> {
  return reader.stream?.(raw) ?? chunksOf(reader.body(raw, Number.POSITIVE_INFINITY));
}

/** The body as text, by the charset of its content type. @throws HttpError 400 or 415 */
export async function textOf(body: SentBody): Promise<string> {
  return bodyText(await body.content(), mediaTypeOf(body.request.headers), refuseBody);
}

/** The body parsed as JSON. @throws HttpError 400 */
export async function jsonOf(body: SentBody): Promise<unknown> {
  return parseJson(await textOf(body), refuseBody);
}

/** The form in the body, names in code-unit order; a multipart form where the content type says so. */
export async function formOf(body: SentBody): Promise<Record<string, FormValue | FormValue[]>> {
  if (mediaTypeOf(body.request.headers)?.essence !== MULTIPART) return toRecord(parseNamedValues(await textOf(body)));
  body.multipart ??= parseFiles(body);
  return allValuesOf(await body.multipart);
}

async function parseFiles(body: SentBody): Promise<Multipart> {
  const content = await body.content();
  const { parseMultipart } = await import('./multipart.js');
  return parseMultipart(toBytes(content), body.request.headers['content-type']!, refuseBody);
}

function toBytes(body: RawBody): Uint8Array {
  return typeof body === 'string' ? Buffer.from(body) : body;
}

async function* chunksOf(body: RawBody | Promise<RawBody>): AsyncGenerator<Uint8Array> {
  const whole = await body;
  if (whole.length > 0) yield toBytes(whole);
}

/** All values of a form with files, texts before files, names in code-unit order. */
function allValuesOf({ texts, files }: Multipart): Record<string, FormValue | FormValue[]> {
  const all = new Map<string, FormValue[]>(texts);
  for (const [name, list] of files) all.set(name, [...(all.get(name) ?? []), ...list]);
  return toRecord(all);
}
