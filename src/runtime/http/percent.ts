/**
 * Percent-encodes all that is not printable ASCII, so that a target is ASCII from here on.
 *
 * @param encode encodes a text of such characters. Default: as UTF-8
 */
export function encodeNonAscii(text: string, encode = encodeText): string {
  // A loop, since the first use of an expression costs a cold start more.
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x21 || code > 0x7e) return text.replace(/[^\x21-\x7e]+/g, encode);
  }
  return text;
}

/** Like {@link encodeNonAscii}, for text with one character per byte, as Node reads it from a socket. */
export function encodeBytes(latin1: string): string {
  return encodeNonAscii(latin1, escapeBytes);
}

function escapeBytes(latin1: string): string {
  return latin1.replace(/[\s\S]/g, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}

/** Percent-encodes a decoded path again, except `/`, where a gateway has decoded it before the function gets it. */
export function encodeDecodedPath(path: string): string {
  // Most paths are of these characters (letters, digits, `_` and most punctuation), and need no expression.
  for (let i = 0; i < path.length; i++) {
    const code = path.charCodeAt(i);
    const isUsual =
      (code >= 0x61 && code <= 0x7a) ||
      (code >= 0x26 && code <= 0x3b) ||
      (code >= 0x40 && code <= 0x5a) ||
      code === 0x5f;
    if (!isUsual) return path.replace(/[^\w/.~!$&'()*+,;=:@-]+/g, encodeText);
  }
  return path;
}

/** Like `encodeURIComponent`, but writes U+FFFD for a lone surrogate, where the original throws. */
export function encodeText(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
