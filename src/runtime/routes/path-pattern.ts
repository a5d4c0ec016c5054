import { fold, type PathOptions } from '../http/path-options.js';
import { type PathToken, parsePathTokens } from './path-tokens.js';
import { compareSegments, type FlatToken, type Segment, shapeOf, toSegment } from './segment.js';

/** One reading of a path, its optional groups decided. */
export interface PathVariant {
  readonly segments: readonly Segment[];
  /** The same text for two variants that match the same targets, whatever their parameters are called. */
  readonly shape: string;
}

/** A parsed path. */
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

/** Maximum number of readings of a path; each optional group doubles them. */
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
 * Parses a path in the grammar of path-to-regexp, its optional groups expanded.
 *
 * @throws Error that names the path, the reason and the fix
 */
export function parsePath(path: string, options: PathOptions): PathPattern {
  try {
    return PLAIN.test(path) ? parsePlain(path, options) : parseAny(path, options);
  } catch (error) {
    throw new Error(`the path ${JSON.stringify(path)} is invalid: ${(error as Error).message}`);
  }
}

/** Segments of letters, digits and `- . _ ~`, and of one parameter or wildcard: what most paths are made of. */
const PLAIN = /^(?:\/(?:[\w.~-]*|[:*][A-Za-z_$][\w$]*))+$/;

/** Reads a plain path by its slashes; all the steps of the whole grammar cost a cold start some twelve functions. */
function parsePlain(path: string, options: PathOptions): PathPattern {
  const [, ...texts] = path.split('/');
  if (texts.at(-1) === '' && (!options.strict || texts.length === 1)) texts.pop();
  const segments: Segment[] = [];
  const params: NamedParam[] = [];
  for (const text of texts) {
    const sign = text[0];
    if (sign === ':' || sign === '*') {
      const name = text.slice(1);
      segments.push({ kind: sign === ':' ? 'param' : 'rest', name });
      addParam(params, { name, kind: sign === ':' ? 'text' : 'rest', isOptional: false });
    } else {
      segments.push({ kind: 'literal', text: fold(text, options) });
    }
  }
  return { path, variants: [variantOf(segments)], params };
}

function parseAny(path: string, options: PathOptions): PathPattern {
  const tokens = parsePathTokens(path);
  const variants = expand(tokens).map((flat) => toVariant(flat, options));
  if (variants.length > MAX_VARIANTS) throw new Error('it has too many optional groups. Split it into several paths.');
  return { path, variants, params: paramsOf(tokens) };
}

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

function paramsOf(tokens: readonly PathToken[]): PathPattern['params'] {
  const params: NamedParam[] = [];
  const visit = (list: readonly PathToken[], isOptional: boolean) => {
    for (const token of list) {
      if (token.type === 'group') visit(token.tokens, true);
      else if (token.type !== 'text') {
        addParam(params, { name: token.name, kind: token.type === 'wildcard' ? 'rest' : 'text', isOptional });
      }
    }
  };
  visit(tokens, false);
  return params;
}

function addParam(params: NamedParam[], param: NamedParam): void {
  if (params.some((other) => other.name === param.name)) {
    throw new Error(`two parameters are called "${param.name}". Rename one.`);
  }
  params.push(param);
}

function toVariant(tokens: readonly FlatToken[], options: PathOptions): PathVariant {
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
    throw new Error('it can start without a slash. Put one before the group.');
  }
  groups.shift();
  if (groups.at(-1)?.length === 0 && (!options.strict || groups.length === 1)) groups.pop();
  return variantOf(groups.map((group) => toSegment(group, options)));
}

function variantOf(segments: readonly Segment[]): PathVariant {
  return { segments, shape: `/${segments.map(shapeOf).join('/')}` };
}

/**
 * Below zero where `a` is more specific: the leftmost difference decides; of two that begin alike, the longer is more
 * specific.
 */
export function compareVariants(a: PathVariant, b: PathVariant): number {
  const shared = Math.min(a.segments.length, b.segments.length);
  for (let i = 0; i < shared; i++) {
    const order = compareSegments(a.segments[i]!, b.segments[i]!);
    if (order !== 0) return order;
  }
  return b.segments.length - a.segments.length;
}
