import type { RawBody } from './body.js';
import type { MediaType } from './media-type.js';
import type { RefuseBody } from './refuse-body.js';

type Decoder = InstanceType<typeof TextDecoder>;

const decoders = new Map<string, Decoder>();

function decodeWith(bytes: Uint8Array, encoding: string, refuse: RefuseBody): string {
  let decoder = decoders.get(encoding);
  if (decoder === undefined) {
    decoder = new TextDecoder(encoding, { fatal: true });
    decoders.set(encoding, decoder);
  }
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw refuse(400, `The body is not valid ${encoding.toUpperCase()}`, cause);
  }
}

/** Decoders by charset. */
const CHARSETS: Record<string, (bytes: Uint8Array, refuse: RefuseBody) => string> = {
  'utf-8': (bytes, refuse) => decodeWith(bytes, utf16Of(bytes) ?? 'utf-8', refuse),
  'utf-16': (bytes, refuse) => decodeWith(bytes, utf16Of(bytes) ?? 'utf-16be', refuse),
  'utf-16le': (bytes, refuse) => decodeWith(bytes, 'utf-16le', refuse),
  'utf-16be': (bytes, refuse) => decodeWith(bytes, 'utf-16be', refuse),
  'iso-8859-1': (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'),
};
CHARSETS['utf8'] = CHARSETS['us-ascii'] = CHARSETS['utf-8']!;
CHARSETS['latin1'] = CHARSETS['iso-8859-1']!;

/** The kind of UTF-16 that a byte order mark shows. */
function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

/**
 * Decodes a body to text, without a byte order mark. The default charset is UTF-8. Gateways decode all text as UTF-8,
 * whatever its charset: where the charset is another one, the text is encoded to bytes again, and then decoded by it.
 *
 * @throws what `refuse` makes: 415 for a charset that is not supported, 400 for bytes that are invalid in it
 */
export function bodyText(body: RawBody, type: MediaType | undefined, refuse: RefuseBody): string {
  const charset = type?.charset ?? 'utf-8';
  if (!Object.hasOwn(CHARSETS, charset)) {
    throw refuse(415, 'The charset of the body is not supported; send UTF-8');
  }
  const decodeBytes = CHARSETS[charset]!;
  if (typeof body !== 'string') return decodeBytes(body, refuse);
  if (decodeBytes !== CHARSETS['utf-8']) return decodeBytes(Buffer.from(body), refuse);
  return body.charCodeAt(0) === 0xfeff ? body.slice(1) : body;
}
