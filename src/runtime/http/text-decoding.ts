import type { RawBody } from './body.js';
import { HttpError } from './http-error.js';
import { BadRequestError } from './http-errors.js';
import type { MediaType } from './media-type.js';

type Decoder = InstanceType<typeof TextDecoder>;

const decoders = new Map<string, Decoder>();

function decodeWith(bytes: Uint8Array, encoding: string): string {
  let decoder = decoders.get(encoding);
  if (decoder === undefined) {
    decoder = new TextDecoder(encoding, { fatal: true });
    decoders.set(encoding, decoder);
  }
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new BadRequestError(`The body is not valid ${encoding.toUpperCase()}`, { cause });
  }
}

/** How bytes of a charset become text; UTF-8 where it is not named. */
const CHARSETS: Record<string, (bytes: Uint8Array) => string> = {
  'utf-8': (bytes) => decodeWith(bytes, utf16Of(bytes) ?? 'utf-8'),
  'utf-16': (bytes) => decodeWith(bytes, utf16Of(bytes) ?? 'utf-16be'),
  'utf-16le': (bytes) => decodeWith(bytes, 'utf-16le'),
  'utf-16be': (bytes) => decodeWith(bytes, 'utf-16be'),
  'iso-8859-1': (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'),
};
CHARSETS['utf8'] = CHARSETS['us-ascii'] = CHARSETS['utf-8']!;
CHARSETS['latin1'] = CHARSETS['iso-8859-1']!;

/** UTF-16 by its byte order mark. */
function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

/**
 * The body as text, without a byte order mark; bytes are decoded by their charset. A gateway takes all text for UTF-8,
 * whatever charset it names: where that is another one, its text is made bytes again. A charset that is not supported is
 * refused of both.
 *
 * @throws HttpError 415 for a charset that is not supported, 400 for bytes that are not valid in it
 */
export function bodyText(body: RawBody, type: MediaType | undefined): string {
  const charset = type?.charset ?? 'utf-8';
  if (!Object.hasOwn(CHARSETS, charset)) {
    throw new HttpError(415, 'The charset of the body is not supported; send UTF-8');
  }
  const decodeBytes = CHARSETS[charset]!;
  if (typeof body !== 'string') return decodeBytes(body);
  if (decodeBytes !== CHARSETS['utf-8']) return decodeBytes(Buffer.from(body));
  return body.charCodeAt(0) === 0xfeff ? body.slice(1) : body;
}
