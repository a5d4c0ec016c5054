import { lowerAscii, type PathOptions } from '../../runtime/http/path-options.js';
import { compareVariants, type PathVariant, parsePath } from '../../runtime/routes/path-pattern.js';
import type { Segment } from '../../runtime/routes/segment.js';

/** How a declared path fits a target. */
export interface PathFit {
  /** The most specific reading that matches; undefined where none does. */
  readonly variant: PathVariant | undefined;
  /** Why none does: of the reading that comes farthest, the segment where it stops. */
  readonly miss: string;
}

interface Miss {
  readonly at: number;
  readonly reason: string;
}

/** Compares a path as it was declared with the decoded segments of a target. */
export function fitPath(path: string, target: readonly string[], options: PathOptions): PathFit {
  let farthest: Miss = { at: -1, reason: '' };
  const onMiss = (miss: Miss) => {
    if (miss.at > farthest.at) farthest = miss;
  };
  for (const variant of parsePath(path, options).variants.toSorted(compareVariants)) {
    if (fits(variant.segments, 0, 0, { target, options, onMiss })) return { variant, miss: '' };
  }
  return { variant: undefined, miss: farthest.reason };
}

interface Fitting {
  readonly target: readonly string[];
  readonly options: PathOptions;
  readonly onMiss: (miss: Miss) => void;
}

/** Whether the segments of a path from one on match those of the target from another on. */
function fits(segments: readonly Segment[], i: number, at: number, fitting: Fitting): boolean {
  const { target, options, onMiss } = fitting;
  const segment = segments[i];
  const text = target[at];
  if (segment === undefined) {
    if (text === undefined) return true;
    onMiss({ at, reason: i === 0 ? 'it is the root' : `it ends after segment ${i}` });
    return false;
  }
  if (text === undefined) {
    onMiss({ at, reason: `it has another segment, ${segmentWords(segment)}` });
    return false;
  }
  if (segment.kind === 'rest') {
    // It is never empty, nor only one empty segment, and takes as much as it can.
    const least = text === '' ? at + 2 : at + 1;
    for (let end = target.length; end >= least; end--) if (fits(segments, i + 1, end, fitting)) return true;
    return false;
  }
  const folded = options.caseSensitive ? text : lowerAscii(text);
  const isFitting =
    segment.kind === 'literal'
      ? folded === segment.text
      : segment.kind === 'mixed'
        ? segment.regexp.test(text)
        : text !== '';
  if (isFitting) return fits(segments, i + 1, at + 1, fitting);
  onMiss({ at, reason: `segment ${at + 1} is ${JSON.stringify(text)}, not ${segmentWords(segment)}` });
  return false;
}

/** A segment of a path in words. */
export function segmentWords(segment: Segment): string {
  switch (segment.kind) {
    case 'literal':
      return JSON.stringify(segment.text);
    case 'mixed':
      return `text with ${segment.names.map((name) => `:${name}`).join(' and ')}`;
    case 'param':
      return `:${segment.name}`;
    case 'rest':
      return `*${segment.name}`;
  }
}
