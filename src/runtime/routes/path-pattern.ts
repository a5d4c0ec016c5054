import { type PathToken, parsePathTokens } from './path-tokens.js';

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

/** One way to read a path, its optional groups decided. */
export interface PathVariant {
  readonly segments: readonly Segment[];
  /** The same for two variants that match the same targets, whatever their parameters are called. */
  readonly shape: string;
}

/** A declared path, understood. */
export interface PathPattern {
  readonly path: string;
  readonly variants: readonly PathVariant[];
  /** The parameters of all variants, in the order of the path. */
  readonly params: readonly NamedParam[];
}

interface NamedParam {
  readonly name: string;
  readonly kind: 'text' | 'rest';
  readonly isOptional: boolean;
}

/** How literals are compared; see `defineApp`. */
export interface PathOptions {
  strict: boolean;
  caseSensitive: boolean;
}

/** As many readings as a path may have; each optional group doubles them. */
const MAX_VARIANTS = 64;

/** Joins a controller's prefix and a route's path with one slash: `/todos` and `/` give `/todos`. */
export function joinPath(prefix: string, path: string): string {
  const head = withSlash(prefix);
  const tail = withSlash(path);
  if (tail === '' || tail === '/') return head === '' ? '/' : head;
  return (head.endsWith('/') ? head.slice(0, -1) : head) + tail;
}

function withSlash(path: string): string {
  return path === '' || path[0] === '/' || path[0] === '{' ? path : `/${path}`;
}

/**
 * Reads a path in the grammar of path-to-regexp, its optional groups expanded.
 *
 * @throws Error with a sentence for the path's author
 */
export function parsePath(path: string, options: PathOptions): PathPattern {
  return PLAIN.test(path) ? parsePlain(path, options) : parseAny(path, options);
}

/** Segments of letters, digits and `- . _ ~`, and of one parameter or wildcard: what most paths are made of. */
const PLAIN = /^(?:\/(?:[\w.~-]*|[:*][A-Za-z_$][\w$]*))+$/;

/** Reads a plain path by its slashes; all the steps of the whole grammar cost a cold start some twelve functions. */
function parsePlain(path: string, options: PathOptions): PathPattern {
  const [, ...texts] = path.split('/');
  if (texts.at(-1) === '' && (!options.strict || texts.length === 1)) texts.pop();
  const segments: Segment[] = [];
  const params: NamedParam[] = [];
  let shape = '';
  for (const text of texts) {
    const sign = text[0];
    if (sign === ':' || sign === '*') {
      const name = text.slice(1);
      segments.push({ kind: sign === ':' ? 'param' : 'rest', name });
      addParam(params, { name, kind: sign === ':' ? 'text' : 'rest', isOptional: false }, path);
      shape += `/${sign}`;
    } else {
      const literal = fold(text, options);
      segments.push({ kind: 'literal', text: literal });
      shape += `/${literal}`;
    }
  }
  return { path, variants: [{ segments, shape: shape || '/' }], params };
}

function parseAny(path: string, options: PathOptions): PathPattern {
  let tokens: readonly PathToken[];
  try {
    tokens = parsePathTokens(path);
  } catch (error) {
    throw new Error(`the path ${JSON.stringify(path)} cannot be read: ${(error as Error).message}.`);
  }
  const variants = expand(tokens).map((flat) => toVariant(flat, path, options));
  if (variants.length > MAX_VARIANTS) {
    throw new Error(`the path ${JSON.stringify(path)} has too many optional groups. Split it into several paths.`);
  }
  return { path, variants, params: namesOf(tokens, path) };
}

type FlatToken = Exclude<PathToken, { type: 'group' }>;

function expand(tokens: readonly PathToken[]): FlatToken[][] {
  let variants: FlatToken[][] = [[]];
  for (const token of tokens) {
    if (variants.length > MAX_VARIANTS) return variants;
    if (token.type === 'group') {
      const inner = expand(token.tokens);
      variants = variants.flatMap((before) => [before, ...inner.map((group) => [...before, ...group])]);
    } else {
      for (const variant of variants) variant.push(token);
    }
  }
  return variants;
}

function namesOf(tokens: readonly PathToken[], path: string): PathPattern['params'] {
  const found: NamedParam[] = [];
  const visit = (list: readonly PathToken[], isOptional: boolean) => {
    for (const token of list) {
      if (token.type === 'group') visit(token.tokens, true);
      else if (token.type !== 'text') {
        addParam(found, { name: token.name, kind: token.type === 'wildcard' ? 'rest' : 'text', isOptional }, path);
      }
    }
  };
  visit(tokens, false);
  return found;
}

function addParam(params: NamedParam[], param: NamedParam, path: string): void {
  if (params.some((other) => other.name === param.name)) {
    throw new Error(`the path ${JSON.stringify(path)} has two parameters called "${param.name}". Rename one.`);
  }
  params.push(param);
}

function toVariant(tokens: readonly FlatToken[], path: string, options: PathOptions): PathVariant {
  const groups: FlatToken[][] = [[]];
  for (const token of tokens) {
    if (token.type !== 'text') {
      groups.at(-1)!.push(token);
      continue;
    }
    token.value.split('/').forEach((text, i) => {
      if (i > 0) groups.push([]);
      if (text !== '') groups.at(-1)!.push({ type: 'text', value: text });
    });
  }
  if (groups[0]!.length > 0) {
    throw new Error(
      `the path ${JSON.stringify(path)} can be read without a slash at its beginning. Put one before the group.`,
    );
  }
  groups.shift();
  if (groups.at(-1)?.length === 0 && (!options.strict || groups.length === 1)) groups.pop();
  const segments = groups.map((group) => toSegment(group, path, options));
  return { segments, shape: `/${segments.map((segment) => shapeOf(segment)).join('/')}` };
}

function toSegment(tokens: readonly FlatToken[], path: string, options: PathOptions): Segment {
  const [first] = tokens;
  if (first === undefined) return { kind: 'literal', text: '' };
  if (tokens.length === 1) {
    if (first.type === 'text') return { kind: 'literal', text: fold(decodeLiteral(first.value), options) };
    return { kind: first.type === 'param' ? 'param' : 'rest', name: first.name };
  }
  const wildcard = tokens.find((token) => token.type === 'wildcard');
  if (wildcard !== undefined) {
    throw new Error(
      `the path ${JSON.stringify(path)} has "*${(wildcard as { name: string }).name}" beside other text. A wildcard takes whole segments: put slashes around it.`,
    );
  }
  if (tokens.every((token) => token.type === 'text')) {
    const text = tokens.map((token) => (token as { value: string }).value).join('');
    return { kind: 'literal', text: fold(decodeLiteral(text), options) };
  }
  return toMixed(tokens, path, options);
}

/**
 * A segment of text and parameters. As in path-to-regexp, a parameter after the first does not contain the text before
 * it unless it is that text, so `:name.:ext` reads `a.tar.gz` as `a.tar` and `gz`, and no target makes it backtrack
 * for long.
 */
function toMixed(tokens: readonly FlatToken[], path: string, options: PathOptions): Segment {
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
      throw new Error(
        `the path ${JSON.stringify(path)} has ":${names.at(-1)}" and ":${token.name}" with no text between them.`,
      );
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

/** The form in which literals are compared: ASCII letters in lower case, unless case matters; all others as they are. */
export function fold(text: string, options: Pick<PathOptions, 'caseSensitive'>): string {
  return options.caseSensitive ? text : lowerAscii(text);
}

/** Lower-cases ASCII letters and nothing else: `toLowerCase` would make a `k` of the Kelvin sign. */
export function lowerAscii(text: string): string {
  return text.toLowerCase() === text ? text : text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function shapeOf(segment: Segment): string {
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

const RANK = { literal: 0, mixed: 1, param: 2, rest: 3 };

/** Below zero where `a` is more specific: the leftmost difference decides, literal, mixed, parameter, rest. */
export function compareSegments(a: Segment, b: Segment): number {
  if (a.kind === 'mixed' && b.kind === 'mixed') {
    return b.literalLength - a.literalLength || compareText(a.regexp.source, b.regexp.source);
  }
  if (a.kind === 'literal' && b.kind === 'literal') return compareText(a.text, b.text);
  return RANK[a.kind] - RANK[b.kind];
}

/** As {@link compareSegments}, for whole paths; of two that begin alike, the longer is more specific. */
export function compareVariants(a: PathVariant, b: PathVariant): number {
  const shared = Math.min(a.segments.length, b.segments.length);
  for (let i = 0; i < shared; i++) {
    const order = compareSegments(a.segments[i]!, b.segments[i]!);
    if (order !== 0) return order;
  }
  return b.segments.length - a.segments.length;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
