import { FORM, MULTIPART } from '../../../http/body/media-type.js';
import { refuseBody } from '../../../http/body/refuse-body.js';
import type { HttpRequest } from '../../../http/http-request.js';
import type { Parse, ParsedBody } from './parsed-body.js';

/** The types that the message names, where the route accepts them. */
const USUAL_TYPES = ['application/json', FORM, MULTIPART, 'text/plain'];

/**
 * Refuses a content type with a 415. Without content the type says nothing: `fetch` sends `text/plain` with an empty string,
 * and clients a type of their own with every request. Such a body is a missing one.
 */
export async function parseRefusedType(
  parse: Parse,
  request: HttpRequest,
  accepts: (essence: string) => boolean,
): Promise<ParsedBody> {
  if (announcesContent(request)) throw unsupportedType(accepts);
  // The type comes first: neither the size of the body nor its coding matters. What cannot be read has content.
  const bytes = await request.rawBody().catch(() => undefined);
  if (bytes?.byteLength !== 0) throw unsupportedType(accepts);
  return parse(bytes, undefined, request);
}

/** Whether the headers say that content follows, so that nobody waits for it. A REST API removes `content-length`. */
function announcesContent({ headers }: HttpRequest): boolean {
  const length = headers['content-length'];
  return length === undefined ? headers['transfer-encoding'] !== undefined : length !== '0';
}

function unsupportedType(accepts: (essence: string) => boolean): Error {
  const types = USUAL_TYPES.filter(accepts);
  const last = types.pop();
  const list = types.length === 0 ? last : `${types.join(', ')} or ${last}`;
  return refuseBody(415, `The content-type of the body is not supported; send ${list}`);
}
