import { HttpError } from './http-error.js';
import { refuseBody } from './refuse-body.js';

/** All that there are; `zstd` is refused later where this Node has none. */
const CODINGS = ['gzip', 'x-gzip', 'deflate', 'br', 'zstd'];

/** More than these in a row are no compression any more. */
const MAX_CODINGS = 4;

/**
 * The codings of a `content-encoding`, in the order in which they were applied (RFC 9110 §8.4).
 *
 * @throws HttpError 415 for one that is not supported
 */
export function codingsOf(header: string | undefined): readonly string[] {
  if (header === undefined) return [];
  const codings = header
    .split(',')
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== '' && coding !== 'identity');
  if (codings.length > MAX_CODINGS || codings.some((coding) => !CODINGS.includes(coding))) throw notSupported();
  return codings;
}

/** Undoes codings, each within the limit. */
export async function undoCodings(body: Uint8Array, codings: readonly string[], limit: number): Promise<Uint8Array> {
  // Loaded when the first compressed body comes.
  const { decodeContent } = await import('./decode-content.js');
  return decodeContent(body, codings, limit, refuseBody);
}

function notSupported(): HttpError {
  return new HttpError(415, 'The content-encoding of the body is not supported', {
    headers: { 'accept-encoding': 'gzip, deflate, br' },
  });
}
