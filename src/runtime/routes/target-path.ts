/** A path that was asked for, looked at once. */
export interface Target {
  /** The segments as they came; one trailing slash is ignored unless it is strict. */
  readonly raw: readonly string[];
  /** Whether there is anything to decode. */
  readonly hasEscape: boolean;
  readonly hasUpper: boolean;
}

/** Takes a path apart in one pass over its characters. Undefined where it is no path. */
export function readTarget(path: string, strict: boolean): Target | undefined {
  if (path.charCodeAt(0) !== 47 /* / */) return undefined;
  const raw: string[] = [];
  let start = 1;
  let hasEscape = false;
  let hasUpper = false;
  for (let i = 1; i < path.length; i++) {
    const code = path.charCodeAt(i);
    if (code === 47 /* / */) {
      raw.push(path.slice(start, i));
      start = i + 1;
    } else if (code <= 37) {
      if (code === 37 /* % */) hasEscape = true;
      else if (code === 35 /* # */ || code === 0) return undefined;
    } else if (code >= 65 && code <= 90) {
      hasUpper = true;
    }
  }
  const isSlashAtEnd = start === path.length && path.length > 1;
  if (start < path.length || (isSlashAtEnd && (strict || raw.length === 0))) raw.push(path.slice(start));
  return { raw, hasEscape, hasUpper };
}

/** The segments, each percent-decoded once. Undefined where an escape is malformed, no UTF-8, or a NUL. */
export function decodeSegments(raw: readonly string[]): readonly string[] | undefined {
  try {
    const decoded = raw.map((segment) => (segment.includes('%') ? decodeURIComponent(segment) : segment));
    return decoded.some((segment) => segment.includes('\0')) ? undefined : decoded;
  } catch {
    return undefined;
  }
}
