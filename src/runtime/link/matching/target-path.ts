/** The path of a request, split. */
export interface Target {
  /** The segments as they came; one trailing slash is left out unless the app is strict. */
  readonly raw: readonly string[];
  /** Whether a segment has a `%`. */
  readonly hasEscape: boolean;
  readonly hasUpper: boolean;
}

/** Splits a path in one pass over its characters; undefined where it is invalid. */
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
  // What is behind the last slash: nothing where the path ends in one.
  if (start < path.length || (strict && path.length > 1)) raw.push(path.slice(start));
  return { raw, hasEscape, hasUpper };
}
