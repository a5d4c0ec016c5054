import { loadRequestErrors } from '../errors/request-errors.lazy.js';
import { refuseBody } from './refuse-body.js';

/** The supported codings; `zstd` is refused later on a Node without it. */
const CODINGS = ['gzip', 'x-gzip', 'deflate', 'br', 'zstd'];

/** The most codings in a row; more of them do not compress further. */
const MAX_CODINGS = 4;

/**
 * Reads a `content-encoding`: its codings in the order in which they were applied (RFC 9110 §8.4).
 *
 * @throws HttpError 415 for a coding that is not supported
 */
export function codingsOf(header: string | undefined): readonly string[] {
  if (header === undefined) return [];
  const codings = header
    .split(',')
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== '' && coding !== 'identity');
  if (codings.length > MAX_CODINGS || codings.some((coding) => !CODINGS.includes(coding))) {
    throw loadRequestErrors().unsupportedCoding();
  }
  return codings;
}

/** Decodes a body; the result of each coding must be within the limit. */
export async function undoCodings(body: Uint8Array, codings: readonly string[], limit: number): Promise<Uint8Array> {
  // Loaded for the first compressed body.
  const { decodeContent } = await import('./decode-content.js');
  return decodeContent(body, codings, limit, refuseBody);
}
