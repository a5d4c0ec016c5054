import { literalAt, type Search } from './search.js';

/** Percent-decodes each segment once; undefined where an escape is malformed, invalid UTF-8 or a NUL. */
export function decodeSegments(raw: readonly string[]): readonly string[] | undefined {
  try {
    const decoded = raw.map((segment) => (segment.includes('%') ? decodeURIComponent(segment) : segment));
    return decoded.some((segment) => segment.includes('\0')) ? undefined : decoded;
  } catch {
    return undefined;
  }
}

/** Whether `encodeURIComponent` would write the literals of a path as they came. */
export function isEncodedAsUsual(path: string, search: Search): boolean {
  return path === `/${search.decoded.map((_, at) => encodeURIComponent(literalAt(at, search))).join('/')}`;
}
