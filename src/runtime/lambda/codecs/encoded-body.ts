import { bodyTooLarge } from '../../http/body/body.js';
import { loadRequestErrors } from '../../http/errors/request-errors.lazy.js';

/**
 * The bytes of a body that a gateway has sent as base64.
 *
 * @throws HttpError, a 413 above the limit (in bytes), a 400 for what is not base64
 */
export function decodeBody(body: string, limit: number): Uint8Array {
  // Four characters are at most three bytes: a body far above the limit is not even decoded.
  if (body.length > (limit / 3) * 4 + 4) throw bodyTooLarge(limit);
  const bytes = Buffer.from(body, 'base64');
  if (!isWholeBase64(body, bytes.byteLength)) throw loadRequestErrors().httpError(400, 'The body is not valid base64');
  return bytes;
}

/** Whether nothing of a base64 text was skipped: Node's decoder ignores what is not base64. */
function isWholeBase64(text: string, decodedLength: number): boolean {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const length = text.length - padding;
  return (padding === 0 || text.length % 4 === 0) && length % 4 !== 1 && decodedLength === Math.floor(length * 0.75);
}
