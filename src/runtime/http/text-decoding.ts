import type { RawBody, RefuseBody } from './body.js';
import type { MediaType } from './media-type.js';

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

/** How bytes of a charset become text; UTF-8 where it is not named. */
const CHARSETS: Record<string, (bytes: Uint8Array, refuse: RefuseBody) => string> = {
  'utf-8': (bytes, refuse) => decodeWith(bytes, utf16Of(bytes) ?? 'utf-8', refuse),
  'utf-16': (bytes, refuse) => decodeWith(bytes, utf16Of(bytes) ?? 'utf-16be', refuse),
  'utf-16le': (bytes, refuse) => decodeWith(bytes, 'utf-16le', refuse),
  'utf-16be': (bytes, refuse) => decodeWith(bytes, 'utf-16be', refuse),
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
 * @throws what `refuse` makes: 415 for a charset that is not supported, 400 for bytes that are not valid in it
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
