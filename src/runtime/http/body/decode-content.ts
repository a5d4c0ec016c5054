import { constants } from 'node:buffer';
import * as zlib from 'node:zlib';
import type { RefuseBody } from './refuse-body.js';

type Inflate = (
  input: zlib.InputType,
  options: zlib.ZlibOptions,
  done: (error: Error | null, output: Buffer) => void,
) => void;

/** By coding; undefined on a Node without it. */
const DECODERS: Record<string, Inflate | undefined> = {
  gzip: zlib.gunzip,
  'x-gzip': zlib.gunzip,
  deflate: zlib.inflate,
  br: zlib.brotliDecompress as Inflate,
  zstd: (zlib as { zstdDecompress?: Inflate }).zstdDecompress,
};

/** Decodes a body, the last coding first; the result of each must be within the limit. */
export async function decodeContent(
  body: Uint8Array,
  codings: readonly string[],
  limit: number,
  refuse: RefuseBody,
): Promise<Uint8Array> {
  // A coding without content: clients send it with DELETE and POST.
  if (body.byteLength === 0) return body;
  let decoded = body;
  for (const coding of codings.toReversed()) {
    const decoder = DECODERS[coding];
    if (decoder === undefined) throw refuse(415, 'The content-encoding of the body is not supported');
    decoded = await run(isRawDeflate(coding, decoded) ? zlib.inflateRaw : decoder, decoded, limit, refuse);
  }
  return decoded;
}

/** Whether `deflate` comes without its zlib wrapper, as some clients send it; the first byte shows that. */
function isRawDeflate(coding: string, body: Uint8Array): boolean {
  return coding === 'deflate' && ((body[0] ?? 0) & 0x0f) !== 8;
}

function run(decoder: Inflate, body: Uint8Array, limit: number, refuse: RefuseBody): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    decoder(body, { maxOutputLength: Math.min(limit, constants.MAX_LENGTH) }, (error, output) => {
      if (error === null) resolve(output);
      else if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
        reject(refuse(413, `The body is larger than ${limit} bytes`));
      else reject(refuse(400, 'The body does not match its content-encoding', error));
    });
  });
}
