import { HttpReply, type ReplyBody } from '../http/reply/http-reply.js';
import { contentTypeOf } from './content-types.js';
import { dispositionOf } from './disposition.js';

/** Options of {@link download}. */
export interface DownloadOptions {
  /** The name that browsers save it by, in any script. */
  filename: string;
  /** Default: by the extension of `filename`. */
  contentType?: string | undefined;
  /** Whether browsers show it in the page where they can, and use the name only to save it. Default: false. */
  inline?: boolean | undefined;
}

/**
 * Makes a reply that browsers save as a file, of what is not a file: text, bytes, or a stream of both. For files there is
 * `sendFile` with its `filename`.
 *
 * @throws TypeError for a `contentType` that HTTP does not allow
 * @see https://www.rfc-editor.org/rfc/rfc6266
 * @example
 * ```ts
 * return download('month;payment\n', { filename: 'Tilgungsplan – März.csv' });
 * ```
 */
export function download(
  body: Exclude<ReplyBody, undefined>,
  { filename, contentType = contentTypeOf(filename), inline = false }: DownloadOptions,
): HttpReply {
  return new HttpReply(body, {
    headers: { 'content-type': contentType, 'content-disposition': dispositionOf(filename, inline) },
  });
}
