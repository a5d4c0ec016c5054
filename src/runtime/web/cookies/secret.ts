/**
 * The key that cookies and tokens are signed with: some 32 random bytes as text. In a list the first one signs, and all
 * of them verify, so that a key can be replaced without losing what the previous one has signed; missing ones after the
 * first are passed over. A function is called at each use, and the first time after `onStart`.
 *
 * @example
 * ```ts
 * const secret: SigningSecret = () => [process.env.SECRET, process.env.PREVIOUS_SECRET];
 * ```
 */
export type Secret = SecretValue | (() => SecretValue | undefined);

/** One key or several, the current one first. */
export type SecretValue = string | readonly (string | undefined)[];

/**
 * The keys of a secret, the current one first.
 *
 * @param where what needs it, for the error
 * @throws TypeError where it is missing or empty
 */
export function keysOf(secret: Secret | undefined, where: string): readonly string[] {
  const value = typeof secret === 'function' ? secret() : secret;
  const keys = typeof value === 'string' ? [value] : Array.isArray(value) ? value : [];
  const [current, ...previous] = keys as readonly unknown[];
  const known = [current, ...previous.filter((key) => key !== undefined)];
  if (!known.every((key): key is string => typeof key === 'string' && key !== '')) {
    throw new TypeError(
      `${where}: its secret is missing. Set it to some 32 random bytes as text, such as { secret: () => process.env.SECRET }, and that variable to what "openssl rand -base64 32" prints.`,
    );
  }
  return known;
}
