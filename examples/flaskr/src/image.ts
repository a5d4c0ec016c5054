import { FormError } from 'twodoors';

export interface Image {
  type: string;
  bytes: Uint8Array;
}

/** How files of each type begin, in Latin-1; a dot is any byte. */
const BEGINNINGS: Record<string, RegExp> = {
  'image/png': /^\x89PNG\r\n\x1a\n/,
  'image/jpeg': /^\xff\xd8\xff/,
  'image/gif': /^GIF8[79]a/,
  'image/webp': /^RIFF[\s\S]{4}WEBP/,
};

/** An uploaded image, its type read from its bytes: what a client says of it does not count. */
export function readImage(file: { bytes: Uint8Array } | undefined): Image | undefined {
  if (file === undefined) return undefined;
  const start = Buffer.from(file.bytes.subarray(0, 12)).toString('latin1');
  const type = Object.keys(BEGINNINGS).find((each) => BEGINNINGS[each]!.test(start));
  if (type === undefined) throw new FormError({ image: 'The image must be a PNG, JPEG, GIF or WebP file.' });
  return { type, bytes: file.bytes };
}
