/** What the app says of its origin. */
export interface OriginOptions {
  readonly publicOrigin?: string | (() => string | undefined) | undefined;
}

/**
 * The app's own origin, in its normal form: text was checked at startup, what a function returns is checked at each use.
 *
 * @throws TypeError where the function returns something else
 */
export function publicOriginOf({ publicOrigin }: OriginOptions): string | undefined {
  if (typeof publicOrigin !== 'function') return publicOrigin;
  const origin: unknown = publicOrigin();
  if (origin === undefined || isOrigin(origin)) return origin;
  throw new TypeError(`defineApp, publicOrigin: ${originMistake(origin)}`);
}

/** Whether this is an origin as a browser writes it (RFC 6454 §6.2): in lower case, without the scheme's own port. */
export function isOrigin(text: unknown): text is string {
  return typeof text === 'string' && /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

/** What is wrong with an origin. */
export function originMistake(origin: unknown): string {
  return `${JSON.stringify(origin)} is not an origin. Write scheme and host alone, without a path or a slash at the end, such as 'https://example.com'.`;
}
