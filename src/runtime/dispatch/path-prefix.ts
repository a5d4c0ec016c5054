import { fold, type PathOptions } from '../http/path-options.js';
import { decodeSegments } from '../link/matching/encoded-path.js';
import type { Match } from '../link/matching/match.js';
import { readTarget } from '../link/matching/target-path.js';

/** A path in front of all paths of an app, which its routes do not have. */
export interface PathPrefix {
  /** With one slash before it and none after it. */
  readonly path: string;
  /**
   * Takes the base path off at a segment border. Segments are compared as those of routes are: decoded, and without case
   * unless the app is case-sensitive.
   *
   * @returns undefined for a path outside of the base path
   */
  remove(path: string): string | undefined;
}

/**
 * Makes the base path that an option of a door says; undefined where it says none.
 *
 * @throws TypeError for anything but a plain path
 */
export function createPathPrefix(
  option: string | undefined,
  options: { readonly strict?: boolean | undefined; readonly caseSensitive?: boolean | undefined },
): PathPrefix | undefined {
  if (option === undefined || /^\/*$/.test(option)) return undefined;
  const path = `/${option.replace(/^\/+|\/+$/g, '')}`;
  const decoded = /^(?:\/[\w.~%@!$&'+,;=-]+)+$/.test(path) ? decodeSegments(path.slice(1).split('/')) : undefined;
  if (decoded === undefined) {
    throw new TypeError(
      `The base path ${JSON.stringify(option)} is not a plain path. Write it like '/api', without parameters.`,
    );
  }
  const folding: Pick<PathOptions, 'caseSensitive'> = { caseSensitive: options.caseSensitive === true };
  const segments = decoded.map((segment) => fold(segment, folding));
  return {
    path,
    remove(target) {
      if (target.startsWith(path) && (target.length === path.length || target[path.length] === '/')) {
        return target.slice(path.length) || '/';
      }
      const end = endOf(target, segments, folding);
      return end === undefined ? undefined : target.slice(end) || '/';
    },
  };
}

/** Where the given segments end in a path; undefined where it begins with others. */
function endOf(
  path: string,
  segments: readonly string[],
  folding: Pick<PathOptions, 'caseSensitive'>,
): number | undefined {
  let end = 0;
  for (const segment of segments) {
    if (path[end] !== '/') return undefined;
    const slash = path.indexOf('/', end + 1);
    const next = slash === -1 ? path.length : slash;
    const decoded = decodeSegments([path.slice(end + 1, next)]);
    if (decoded === undefined || fold(decoded[0]!, folding) !== segment) return undefined;
    end = next;
  }
  return end;
}

/** What a path outside of the base path matches: no route. */
export function matchOutsidePrefix(path: string): Match {
  const target = readTarget(path, true);
  const isMalformed = target === undefined || decodeSegments(target.raw) === undefined;
  return { kind: isMalformed ? 'malformed' : 'unknown' };
}
