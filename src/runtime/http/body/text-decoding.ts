import type { RawBody } from './body.js';
import type { MediaType } from './media-type.js';
import type { RefuseBody } from './refuse-body.js';
import { decodeText } from './text-decoders.js';

/**
 * Decodes a body to text, without a byte order mark. The default charset is UTF-8. Gateways decode all text as UTF-8,
 * whatever its charset: where the charset is another one, the text is encoded to bytes again, and then decoded by it.
 *
 * @throws what `refuse` makes: 415 for a charset that is not supported, 400 for bytes that are invalid in it
 */
export function bodyText(body: RawBody, type: MediaType | undefined, refuse: RefuseBody): string {
  const charset = type?.charset ?? 'utf-8';
  // ASCII and UTF-8 need no table of charsets.
  return typeof body === 'string' && (charset === 'utf-8' || charset === 'utf8' || charset === 'us-ascii')
    ? withoutMark(body)
    : decodeText(body, charset, refuse);
}

function withoutMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}
