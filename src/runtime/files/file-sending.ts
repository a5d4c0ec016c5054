import { loadRequestErrors } from '../http/errors/request-errors.lazy.js';
import type { HttpRequest } from '../http/http-request.js';
import type { HttpReply } from '../http/reply/http-reply.js';
import { dispositionOf } from './disposition.js';
import { replyWithFile } from './file-reply.js';
import { builtFolderOf, isFolder, openFileSource, placeOf } from './file-source.js';
import { cacheControlOf } from './public-files.js';
import type { SendFileOptions } from './send-file-options.js';

/** Sends a file of a folder; see `sendFile`. */
export async function sendFromFolder(
  request: HttpRequest,
  path: string,
  { root, maxAge, immutable, contentType, filename }: SendFileOptions,
): Promise<HttpReply> {
  if (builtFolderOf(root) === undefined && !isFolder(placeOf(root))) {
    throw new Error(
      `sendFile: there is no folder ${placeOf(root)}. Create it, or name the right one as "root"; on Lambda, have it copied by "public" in twodoors.config.ts.`,
    );
  }
  const source = openFileSource(root);
  const segments = path.split('/');
  const file = source.find(segments);
  if (file === undefined) throw loadRequestErrors().httpError(404);
  return replyWithFile(file, request, {
    cacheControl: cacheControlOf({ maxAge, immutable }),
    contentType,
    contentDisposition: filename === undefined ? undefined : dispositionOf(filename, false),
    beside: (name) => source.find([...segments.slice(0, -1), name]),
  });
}
