/** How many digits of a hash are in a URL. */
const DIGITS = 10;

/** Parts of a name with a fingerprint: what is before it, the digits, and the extension. */
const FINGERPRINTED = /^(.+)\.([\da-f]{10})((?:\.[^.]+)?)$/;

/** A name whose URL changes with the content: `app.css` becomes `app.3f2a1b9c0d.css`. */
export function addFingerprint(name: string, hash: string): string {
  const [, stem = name, extension = ''] = /^(.*[^/.])(\.[^./]+)$/.exec(name) ?? [];
  return `${stem}.${hash.slice(0, DIGITS)}${extension}`;
}

/** The name without its fingerprint, and the fingerprint; undefined where it has none. */
export function splitFingerprint(name: string): { readonly name: string; readonly digits: string } | undefined {
  const [, stem, digits, extension] = FINGERPRINTED.exec(name) ?? [];
  return stem === undefined ? undefined : { name: `${stem}${extension}`, digits: digits! };
}

/** Whether a fingerprint is that of a content, or of an older or newer one. */
export function isCurrent(digits: string, hash: string): boolean {
  return hash.startsWith(digits);
}
