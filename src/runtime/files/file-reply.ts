import { isUtf8 } from 'node:buffer';
import { type FileHandle, open } from 'node:fs/promises';
import { loadRequestErrors } from '../http/errors/request-errors.lazy.js';
import type { HttpRequest } from '../http/http-request.js';
import { ownBody } from '../http/reply/body-owner.js';
import { type HttpReply, type ReplyBody, uncheckedReply } from '../http/reply/http-reply.js';
import { acceptedCoding, CODINGS } from '../http/request/accepted-coding.js';
import { type ByteRange, readRange } from './byte-range.js';
import { CODED_EXTENSIONS } from './coded-extensions.js';
import { contentTypeOf, isTextType } from './content-types.js';
import type { FoundFile } from './file-source.js';
import { isNotModified, isRangeCurrent } from './validators.js';

/** What a reply with a file says beside the file. */
export interface FileReplyOptions {
  readonly cacheControl: string;
  /** Default: by the extension of the file. */
  readonly contentType?: string | undefined;
  readonly contentDisposition?: string | undefined;
  /** Finds a file beside this one, by its name; undefined where there is no such file. */
  readonly beside: (name: string) => FoundFile | undefined;
}

/** The largest part of a file that is held in memory, in bytes; a larger one is streamed. */
const LARGEST_WHOLE = 1024 * 1024;

/**
 * Makes the reply with a file: conditional requests, a range, HEAD, and the coding that the client prefers of those that
 * lie beside the file as `app.css.br` and `app.css.gz`.
 *
 * @throws HttpError 404 where the file is gone, 412 and 416 where the request says so
 */
export async function replyWithFile(
  file: FoundFile,
  request: HttpRequest,
  { cacheControl, contentType, contentDisposition, beside }: FileReplyOptions,
): Promise<HttpReply> {
  const { headers: asked, method } = request;
  const type = contentType ?? contentTypeOf(file.name);
  const coded = CODINGS.map((coding) => ({ coding, file: beside(`${file.name}${CODED_EXTENSIONS[coding]}`) }));
  const codings = coded.flatMap(({ coding, file: found }) => (found === undefined ? [] : [coding]));
  const coding = isTextOnly(request) ? undefined : acceptedCoding(asked['accept-encoding'], codings);
  const sent = coding === undefined ? file : coded.find((each) => each.coding === coding)!.file!;

  const { modifiedAt, isTimeMade } = file;
  const validators = { etag: `"${sent.hash}"`, modifiedAt, isTimeMade };
  const headers: Record<string, string> = {
    'cache-control': cacheControl,
    etag: validators.etag,
    'last-modified': new Date(modifiedAt).toUTCString(),
    ...(codings.length > 0 && { vary: 'Accept-Encoding' }),
  };
  if (isNotModified(asked, validators)) return uncheckedReply(304, headers, undefined);

  headers['accept-ranges'] = 'bytes';
  headers['content-type'] = type;
  if (coding !== undefined) headers['content-encoding'] = coding;
  if (contentDisposition !== undefined) headers['content-disposition'] = contentDisposition;
  // Ranges are defined for GET alone (RFC 9110 §14.2).
  const isRanged = method === 'GET' && isRangeCurrent(asked['if-range'], validators);
  const range = isRanged ? readRange(asked['range'], sent.size) : undefined;
  if (range === 'unsatisfiable') {
    throw loadRequestErrors().httpError(416, undefined, { headers: { 'content-range': `bytes */${sent.size}` } });
  }
  if (range !== undefined) headers['content-range'] = `bytes ${range.start}-${range.end}/${sent.size}`;
  const part = range ?? { start: 0, end: sent.size - 1 };
  const length = part.end - part.start + 1;
  if (method === 'HEAD') {
    headers['content-length'] = String(length);
    return uncheckedReply(200, headers, undefined);
  }
  const isText = coding === undefined && isTextType(type);
  const isWhole = length <= LARGEST_WHOLE || (isText && isTextOnly(request));
  // A stream breaks off where the file is another by now.
  if (!isWhole) headers['content-length'] = String(length);
  const body = await readPart(sent.path, part, isWhole, isText);
  return ownBody(uncheckedReply(range === undefined ? 200 : 206, headers, body), request);
}

/**
 * Whether bytes may arrive as base64: a REST API decodes them only where it has `binaryMediaTypes`, which its events do not
 * say. An HTTP API with payload format 1.0 always does, and its events have a version.
 */
function isTextOnly(request: HttpRequest): boolean {
  const { lambda } = request as { readonly lambda?: { readonly source: string; readonly event: object } };
  return lambda?.source === 'rest' && !('version' in lambda.event);
}

/** Opened before the reply is made, so that a file that is gone is a 404. */
async function readPart(path: string, part: ByteRange, isWhole: boolean, isText: boolean): Promise<ReplyBody> {
  const file = await openFile(path);
  // The stream closes it, at its end or when it is destroyed.
  if (!isWhole) return file.createReadStream({ start: part.start, end: part.end });
  try {
    const bytes = await readBytes(file, part);
    // Text needs no base64 on its way through a gateway.
    return isText && isUtf8(bytes) ? bytes.toString('utf8') : bytes;
  } finally {
    await file.close();
  }
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw loadRequestErrors().httpError(404, undefined, { cause: error });
  }
}

async function readBytes(file: FileHandle, { start, end }: ByteRange): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(end - start + 1);
  let length = 0;
  while (length < bytes.length) {
    const { bytesRead } = await file.read(bytes, length, bytes.length - length, start + length);
    if (bytesRead === 0) throw new Error('The file became shorter while it was read.');
    length += bytesRead;
  }
  return bytes;
}
