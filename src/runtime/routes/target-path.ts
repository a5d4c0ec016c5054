/** The raw segments of a path; one trailing slash is ignored unless it is strict. Undefined where it is no path. */
export function splitPath(path: string, strict: boolean): string[] | undefined {
  if (path.charCodeAt(0) !== 47 /* / */ || path.includes('#')) return undefined;
  if (path.length === 1) return [];
  const end = !strict && path.endsWith('/') ? path.length - 1 : path.length;
  return path.slice(1, end).split('/');
}

/** The segments, each percent-decoded once. Undefined where an escape is malformed, no UTF-8, or a NUL. */
export function decodeSegments(raw: readonly string[], path: string): readonly string[] | undefined {
  if (!path.includes('%')) return path.includes('\0') ? undefined : raw;
  try {
    const decoded = raw.map((segment) => (segment.includes('%') ? decodeURIComponent(segment) : segment));
    return decoded.some((segment) => segment.includes('\0')) ? undefined : decoded;
  } catch {
    return undefined;
  }
}
