import type { PathOptions } from '../../http/path-options.js';
import { type PathToken, parsePathTokens } from '../../routes/path-tokens.js';

/** A path as OpenAPI writes it. */
export interface PathTemplate {
  /** `/todos/{id}` */
  readonly template: string;
  /** The same for two templates that differ only in the names of their parameters. */
  readonly shape: string;
  /** The names of its parameters, from left to right. */
  readonly params: readonly string[];
  /** Those that may take several segments. */
  readonly rests: readonly string[];
}

/** The templates of a declared path: one for each reading of its optional groups. */
export function pathTemplates(path: string, { strict }: Pick<PathOptions, 'strict'>): readonly PathTemplate[] {
  return expand(parsePathTokens(path)).map((tokens) => {
    const text = tokens.map((token) => (token.type === 'text' ? encodeText(token.value) : `{${token.name}}`)).join('');
    const template = !strict && text.length > 1 ? text.replace(/\/$/, '') : text;
    const named = tokens.filter((token) => token.type !== 'text');
    return {
      template,
      shape: template.replace(/\{[^}]*\}/g, '{}').toLowerCase(),
      params: named.map(({ name }) => name),
      rests: named.filter(({ type }) => type === 'wildcard').map(({ name }) => name),
    };
  });
}

type FlatToken = Exclude<PathToken, { type: 'group' }>;

function expand(tokens: readonly PathToken[]): FlatToken[][] {
  return tokens.reduce<FlatToken[][]>(
    (variants, token) =>
      token.type === 'group'
        ? variants.flatMap((before) => [before, ...expand(token.tokens).map((group) => [...before, ...group])])
        : variants.map((before) => [...before, token]),
    [[]],
  );
}

/** Literal text as it stands in a URL. */
function encodeText(text: string): string {
  return text
    .split('/')
    .map((segment) => {
      try {
        return encodeURIComponent(decodeURIComponent(segment)).replace(
          /%(?:40|3A|24|26|2B|2C|3B|3D)/g,
          decodeURIComponent,
        );
      } catch {
        return encodeURIComponent(segment);
      }
    })
    .join('/');
}
