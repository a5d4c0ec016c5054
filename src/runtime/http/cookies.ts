/** Cookies by name. */
export type Cookies = Readonly<Record<string, string | undefined>>;

/**
 * Reads a `cookie` header (RFC 6265 §4.2.1): of several cookies with one name the first counts; values are percent-decoded,
 * or stay as they are where that fails. The record has no prototype that a name could reach.
 */
export function parseCookies(header: string): Cookies {
  const cookies: Record<string, string> = Object.create(null);
  for (const pair of header.split(';')) {
    const equals = pair.indexOf('=');
    const name = pair.slice(0, equals).trim();
    if (equals === -1 || name in cookies) continue;
    cookies[name] = decodeValue(pair.slice(equals + 1).trim());
  }
  return cookies;
}

function decodeValue(value: string): string {
  if (!value.includes('%')) return value;
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
