import { encodeText } from '../http/percent.js';
import { type PathToken, parsePathTokens } from './path-tokens.js';

/** Values of the parameters of a path; undefined for one that is not given. */
export type ReadParam = (name: string) => string | readonly string[] | undefined;

/** A path from which paths of targets are made: the other way than matching. */
export interface PathTemplate {
  /** As declared. */
  readonly path: string;
  /** The names of all parameters. */
  readonly names: ReadonlySet<string>;
  /** The names of those that stand in no optional group. */
  readonly required: readonly string[];
  /** The path with its parameters, percent-encoded. An optional group is there if all of its parameters are given. */
  fill(read: ReadParam): string;
}

/**
 * Makes the template of a path in the grammar of path-to-regexp.
 *
 * @throws Error where the path is invalid
 */
export function toPathTemplate(path: string): PathTemplate {
  const tokens = parsePathTokens(path);
  return {
    path,
    names: new Set(namesIn(tokens, true)),
    required: namesIn(tokens, false),
    fill: (read) => fillTokens(tokens, read)!,
  };
}

function namesIn(tokens: readonly PathToken[], withOptional: boolean): string[] {
  return tokens.flatMap((token) => {
    if (token.type === 'group') return withOptional ? namesIn(token.tokens, withOptional) : [];
    return token.type === 'text' ? [] : [token.name];
  });
}

/** Undefined where a parameter is not given. */
function fillTokens(tokens: readonly PathToken[], read: ReadParam): string | undefined {
  let path = '';
  for (const token of tokens) {
    if (token.type === 'text') path += encodeLiteral(token.value);
    else if (token.type === 'group') path += fillTokens(token.tokens, read) ?? '';
    else {
      const value = read(token.name);
      if (value === undefined) return undefined;
      path += token.type === 'param' ? encodeText(String(value)) : encodeRest(value);
    }
  }
  return path;
}

/** Text of a declared path: what is percent-encoded in it stays so, and matching decodes both. */
function encodeLiteral(text: string): string {
  return text.replace(/%[0-9a-f]{2}|[^\w/.~!$&'()*+,;=:@-]+/gi, (part) => (part[0] === '%' ? part : encodeText(part)));
}

/** The segments of a `*rest`: a list, or a text whose `%2F` are part of a segment, as requests give it. */
function encodeRest(value: string | readonly string[]): string {
  if (typeof value !== 'string') return value.map(encodeText).join('/');
  return value.replace(/%2f|[^/%]+|%/gi, (part) => (/^%2f$/i.test(part) ? part : encodeText(part)));
}
