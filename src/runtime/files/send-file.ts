import type { HttpRequest } from '../http/http-request.js';
import type { HttpReply } from '../http/reply/http-reply.js';
import { loadFileSending } from './file-sending.lazy.js';
import type { SendFileOptions } from './send-file-options.js';

/**
 * Sends a file of a folder, as public files are sent: `Content-Type`, `ETag`, `Last-Modified`, 304, ranges, HEAD, and the
 * siblings `.br` and `.gz`. The path may come from a client: whatever leads out of the folder, dotfiles (but
 * `.well-known`) and what does not exist are a 404.
 *
 * @param path inside of `root`, decoded, such as the value of a `*name` parameter
 * @throws HttpError 404, 412 or 416; Error where the folder itself does not exist
 * @example
 * ```ts
 * @Get('/invoices/:name')
 * invoice(@Req() request: HttpRequest, @Param('name') name: string) {
 *   return sendFile(request, name, { root: 'invoices' });
 * }
 * ```
 */
export function sendFile(request: HttpRequest, path: string, options: SendFileOptions): Promise<HttpReply> {
  return loadFileSending().sendFromFolder(request, path, options);
}
