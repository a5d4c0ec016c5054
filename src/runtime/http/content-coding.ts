import type { InputType, ZlibOptions } from 'node:zlib';
import { tooLarge } from './body.js';
import { HttpError } from './http-error.js';
import { BadRequestError } from './http-errors.js';

type Inflate = (input: InputType, options: ZlibOptions, done: (error: Error | null, output: Buffer) => void) => void;
type Zlib = typeof import('node:zlib') & { zstdDecompress?: Inflate };

/** By coding; undefined where this Node has none. */
const DECODERS: Record<string, (zlib: Zlib) => Inflate | undefined> = {
  gzip: (zlib) => zlib.gunzip,
  'x-gzip': (zlib) => zlib.gunzip,
  deflate: (zlib) => zlib.inflate,
  br: (zlib) => zlib.brotliDecompress as Inflate,
  zstd: (zlib) => zlib.zstdDecompress,
};

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
  if (codings.length > MAX_CODINGS || codings.some((coding) => !Object.hasOwn(DECODERS, coding))) {
    throw new HttpError(415, 'The content-encoding of the body is not supported', {
      headers: { 'accept-encoding': 'gzip, deflate, br' },
    });
  }
  return codings;
}

/** Undoes codings, the last first, each within the limit. */
export async function decodeContent(body: Uint8Array, codings: readonly string[], limit: number): Promise<Uint8Array> {
  // Loaded when the first compressed body comes.
  const zlib = (await import('node:zlib')) as unknown as Zlib;
  let decoded = body;
  for (const coding of codings.toReversed()) {
    const inflate = DECODERS[coding]!(zlib);
    if (inflate === undefined) throw new HttpError(415, 'The content-encoding of the body is not supported');
    decoded = await run(isRawDeflate(coding, decoded) ? zlib.inflateRaw : inflate, decoded, limit);
  }
  return decoded;
}

/** Some clients send `deflate` without the zlib wrapper that it means; its first byte says which. */
function isRawDeflate(coding: string, body: Uint8Array): boolean {
  return coding === 'deflate' && ((body[0] ?? 0) & 0x0f) !== 8;
}

function run(inflate: Inflate, body: Uint8Array, limit: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    inflate(body, { maxOutputLength: limit }, (error, output) => {
      if (error === null) resolve(output);
      else if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') reject(tooLarge(limit));
      else reject(new BadRequestError('The body is not what its content-encoding says', { cause: error }));
    });
  });
}
