import { fold, type PathOptions } from '../http/path-options.js';
import type { PathToken } from './path-tokens.js';

/** One segment of a path, between two slashes. */
export type Segment =
  | { readonly kind: 'literal'; readonly text: string }
  | {
      readonly kind: 'mixed';
      readonly regexp: RegExp;
      readonly names: readonly string[];
      readonly literalLength: number;
    }
  | { readonly kind: 'param'; readonly name: string }
  | { readonly kind: 'rest'; readonly name: string };

/** A token of a path whose optional groups are expanded. */
export type FlatToken = Exclude<PathToken, { type: 'group' }>;

/**
 * Makes the segment of the tokens between two slashes.
 *
 * @throws Error with the reason and the fix, where they cannot be one segment
 */
export function toSegment(tokens: readonly FlatToken[], options: PathOptions): Segment {
  const [first] = tokens;
  if (first === undefined) return { kind: 'literal', text: '' };
  if (tokens.length === 1) {
    if (first.type === 'text') return { kind: 'literal', text: fold(decodeLiteral(first.value), options) };
    return { kind: first.type === 'param' ? 'param' : 'rest', name: first.name };
  }
  const wildcard = tokens.find((token) => token.type === 'wildcard');
  if (wildcard !== undefined) {
    const { name } = wildcard as { name: string };
    throw new Error(`"*${name}" is next to other text, but a wildcard takes whole segments. Put slashes around it.`);
  }
  if (tokens.every((token) => token.type === 'text')) {
    const text = tokens.map((token) => (token as { value: string }).value).join('');
    return { kind: 'literal', text: fold(decodeLiteral(text), options) };
  }
  return toMixed(tokens, options);
}

/**
 * A segment of text and parameters. As in path-to-regexp, a parameter after the first does not contain the text before
 * it unless it is that text, so `:name.:ext` reads `a.tar.gz` as `a.tar` and `gz`, and no target makes it backtrack
 * for long.
 */
function toMixed(tokens: readonly FlatToken[], options: PathOptions): Segment {
  let source = '';
  let before = '';
  let literalLength = 0;
  const names: string[] = [];
  for (const token of tokens) {
    if (token.type === 'text') {
      const text = decodeLiteral(token.value);
      literalLength += text.length;
      const escaped = escapeLiteral(text, options);
      source += escaped;
      before += escaped;
      continue;
    }
    if (names.length > 0 && before === '') {
      throw new Error(`":${names.at(-1)}" and ":${token.name}" have no text between them. Add some, such as "-".`);
    }
    source += names.length === 0 ? '([^]+)' : `((?:(?!${before})[^])+|${before})`;
    names.push(token.name);
    before = '';
  }
  return { kind: 'mixed', regexp: new RegExp(`^${source}$`), names, literalLength };
}

function escapeLiteral(text: string, { caseSensitive }: PathOptions): string {
  const escaped = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return caseSensitive
    ? escaped
    : escaped.replace(/[A-Za-z]/g, (letter) => `[${letter.toUpperCase()}${letter.toLowerCase()}]`);
}

function decodeLiteral(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The same text for two segments that match the same text, whatever their parameters are called. */
export function shapeOf(segment: Segment): string {
  switch (segment.kind) {
    case 'literal':
      return encodeURIComponent(segment.text);
    case 'mixed':
      return `~${segment.regexp.source}`;
    case 'param':
      return ':';
    case 'rest':
      return '*';
  }
}

const RANK = { literal: 0, mixed: 1, param: 2, rest: 3 } satisfies Record<Segment['kind'], number>;

/** Below zero where `a` is more specific: literal, then mixed (more literal characters first), parameter, rest. */
export function compareSegments(a: Segment, b: Segment): number {
  if (a.kind === 'mixed' && b.kind === 'mixed') {
    return b.literalLength - a.literalLength || compareText(a.regexp.source, b.regexp.source);
  }
  if (a.kind === 'literal' && b.kind === 'literal') return compareText(a.text, b.text);
  return RANK[a.kind] - RANK[b.kind];
}

/** Compares by UTF-16 code units, whatever the locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
