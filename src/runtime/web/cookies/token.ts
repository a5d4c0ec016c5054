import { jsonTextOf, type Storable } from './json-text.js';
import { keysOf, type Secret } from './secret.js';
import { type Purpose, type SignedText, sign, unsign } from './signature.js';

/** What {@link signToken} takes beside the value. */
export interface TokenOptions {
  secret: Secret;
  /** What the token is for, such as `password-reset`: a token for one purpose is not valid for another. */
  purpose: string;
}

/** What {@link readToken} takes beside the token. */
export interface ReadTokenOptions extends TokenOptions {
  /** How old the token may be, in seconds. */
  maxAge: number;
}

/**
 * Makes a token that its holder can read but not change, for a link in an email: URL-safe text with the value, the time
 * and a signature. Everyone who has it can read the value. It stays valid until its age is over: put into the value what
 * changes with its use, such as the end of the old password's hash, where it must work only once.
 *
 * @throws TypeError for a value that JSON would change, and for a missing secret
 * @example
 * ```ts
 * const token = signToken({ userId: 7 }, { secret, purpose: 'password-reset' });
 * const link = `https://example.com/reset?token=${token}`;
 * ```
 */
export function signToken<T>(value: T & Storable<T>, { secret, purpose }: TokenOptions): string {
  return signJson(value, 'The value of signToken', { kind: 'token', name: purpose }, keysOf(secret, 'signToken'));
}

/**
 * Reads a token of {@link signToken}; undefined where it was changed, was signed with another secret or for another
 * purpose, or is too old.
 *
 * @throws TypeError for a missing secret
 * @example
 * ```ts
 * const reset = readToken<{ userId: number }>(token, { secret, purpose: 'password-reset', maxAge: 3600 });
 * if (reset === undefined) throw new BadRequestError('This link is no longer valid');
 * ```
 */
export function readToken<T = unknown>(token: string, { secret, purpose, maxAge }: ReadTokenOptions): T | undefined {
  const keys = keysOf(secret, 'readToken');
  if (typeof token !== 'string') return undefined;
  return unsignJson(token, { kind: 'token', name: purpose }, keys, maxAge)?.value as T | undefined;
}

/** A signed text that holds a value as JSON. */
export function signJson(value: unknown, name: string, purpose: Purpose, keys: readonly string[]): string {
  return sign(Buffer.from(jsonTextOf(value, name)).toString('base64url'), purpose, keys);
}

/** Reads what {@link signJson} has made; undefined where it is not valid. */
export function unsignJson(
  signed: string,
  purpose: Purpose,
  keys: readonly string[],
  maxAge: number | undefined,
): (SignedText & { readonly value: unknown }) | undefined {
  const found = unsign(signed, purpose, keys, maxAge);
  if (found === undefined) return undefined;
  const text = Buffer.from(found.text, 'base64url').toString();
  return { text, signedAt: found.signedAt, value: JSON.parse(text) };
}
