/**
 * Joins the values of a field that came twice: with `,` and no space, those of `cookie` with `; `; of a field with one value
 * the first counts.
 */
export function joinFields(name: string, before: string, value: string): string {
  if (name === 'cookie') return `${before}; ${value}`;
  return isSingle(name) ? before : `${before},${value}`;
}

/** The first of the values that a gateway has joined, of a field without a comma of its own outside of quotes. */
export function firstField(joined: string): string {
  return /^(?:[^",]|"(?:[^"\\]|\\[\s\S])*")*/.exec(joined)![0].trimEnd();
}

/**
 * Whether a field can have only one value: where one is repeated, the first counts, as in Node's own parser. All other
 * fields are lists, where repetition means the same as a comma (RFC 9110 §5.3).
 */
function isSingle(name: string): boolean {
  switch (name) {
    case 'age':
    case 'authorization':
    case 'content-length':
    case 'content-type':
    case 'etag':
    case 'expires':
    case 'from':
    case 'host':
    case 'if-modified-since':
    case 'if-unmodified-since':
    case 'last-modified':
    case 'location':
    case 'max-forwards':
    case 'proxy-authorization':
    case 'referer':
    case 'retry-after':
    case 'server':
    case 'user-agent':
      return true;
    default:
      return false;
  }
}
