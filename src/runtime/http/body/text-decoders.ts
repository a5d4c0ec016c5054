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

/** As `bodyText`, for all but text in UTF-8 that is decoded already. */
export function decodeText(body: string | Uint8Array, charset: string, refuse: RefuseBody): string {
  if (!Object.hasOwn(CHARSETS, charset)) {
    throw refuse(415, 'The charset of the body is not supported; send UTF-8');
  }
  return CHARSETS[charset]!(typeof body === 'string' ? Buffer.from(body) : body, refuse);
}
