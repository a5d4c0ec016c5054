import { createHmac, timingSafeEqual } from 'node:crypto';
import { currentTime } from '../../http/clock.js';

/** What a signature is for: a text that is signed for one purpose is not valid for another. */
export interface Purpose {
  readonly kind: 'cookie' | 'session' | 'session-id' | 'token';
  readonly name: string;
}

/** A text and when it was signed, in seconds since 1970. */
export interface SignedText {
  readonly text: string;
  readonly signedAt: number;
}

/**
 * Signs a text with the first key, and the time with it: `text.time.signature`, HMAC-SHA256 in base64url.
 *
 * @param text without a dot, such as base64url
 */
export function sign(text: string, purpose: Purpose, keys: readonly string[]): string {
  const stamped = `${text}.${Math.floor(currentTime() / 1000).toString(36)}`;
  return `${stamped}.${macOf(stamped, purpose, keys[0]!)}`;
}

/**
 * Reads what {@link sign} has made; undefined where no key has signed it for this purpose, and where it is older.
 *
 * @param maxAge in seconds; undefined for no limit
 */
export function unsign(
  signed: string,
  purpose: Purpose,
  keys: readonly string[],
  maxAge: number | undefined,
): SignedText | undefined {
  const end = signed.lastIndexOf('.');
  const stamped = signed.slice(0, Math.max(end, 0));
  const dot = stamped.indexOf('.');
  if (dot === -1 || !isSigned(stamped, signed.slice(end + 1), purpose, keys)) return undefined;
  const signedAt = Number.parseInt(stamped.slice(dot + 1), 36);
  if (maxAge !== undefined && currentTime() / 1000 - signedAt > maxAge) return undefined;
  return { text: stamped.slice(0, dot), signedAt };
}

/** The signatures are compared as text: several texts of base64url stand for the same bytes. */
function isSigned(stamped: string, signature: string, purpose: Purpose, keys: readonly string[]): boolean {
  const given = Buffer.from(signature);
  return keys.some((key) => {
    const right = Buffer.from(macOf(stamped, purpose, key));
    return given.length === right.length && timingSafeEqual(given, right);
  });
}

function macOf(text: string, { kind, name }: Purpose, key: string): string {
  // The name's length keeps "ab" + "c" apart from "a" + "bc".
  return createHmac('sha256', key).update(`twodoors:${kind}:${name.length}:${name}:${text}`).digest('base64url');
}
