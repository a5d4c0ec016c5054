/** Text outside of printable ASCII becomes UTF-8 percent-encoding, so that a target is ASCII from here on. */
export function encodeNonAscii(text: string): string {
  return /^[\x21-\x7e]*$/.test(text) ? text : text.replace(/[^\x21-\x7e]+/g, encodeText);
}

/** As {@link encodeNonAscii}, for text whose characters stand for bytes, as Node gives what came over a socket. */
export function encodeBytes(latin1: string): string {
  return /^[\x21-\x7e]*$/.test(latin1)
    ? latin1
    : latin1.replace(/[^\x21-\x7e]/g, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}

/** A decoded path back to a percent-encoded one; `/` stays. Undoes a gateway that decodes before we see the path. */
export function encodeDecodedPath(path: string): string {
  return /^[\w/.~!$&'()*+,;=:@-]*$/.test(path) ? path : path.replace(/[^\w/.~!$&'()*+,;=:@-]+/g, encodeText);
}

/** `encodeURIComponent` that writes U+FFFD for a lone surrogate where the original throws. */
export function encodeText(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
