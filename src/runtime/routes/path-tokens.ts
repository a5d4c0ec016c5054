/** What a path is made of, in the grammar of path-to-regexp 8. */
export type PathToken =
  | { readonly type: 'text'; readonly value: string }
  | { readonly type: 'param' | 'wildcard'; readonly name: string }
  | { readonly type: 'group'; readonly tokens: readonly PathToken[] };

/** An escaped character, a named parameter, a brace, a character that means nothing yet, text; in this order. */
const PIECES =
  /\\([\s\S])|([:*])(?:([$_\p{ID_Start}](?:[$\p{ID_Continue}]|\u200c|\u200d)*)|"((?:[^"\\]|\\[\s\S])*)")|([{}])|([()[\]+?!:*\\])|([^\\:*{}()[\]+?!]+)/gu;

/**
 * Reads a path: `:name`, `*rest`, `{/optional}`, `\` before a character that is meant as it is. The grammar is
 * path-to-regexp's, which a test holds it to; that package's whole would be a tenth of a small app's bundle.
 *
 * @throws Error with the place of what cannot be read
 */
export function parsePathTokens(path: string): readonly PathToken[] {
  const open: PathToken[][] = [[]];
  let text = '';
  const endText = () => {
    if (text !== '') open.at(-1)!.push({ type: 'text', value: text });
    text = '';
  };
  for (const match of path.matchAll(PIECES)) {
    const [, escaped, sign, plain, quoted, brace, reserved, literal] = match;
    if (reserved !== undefined) throw unexpected(reserved, match.index);
    text += escaped ?? literal ?? '';
    if (sign !== undefined) {
      const name = plain ?? quoted!.replace(/\\([\s\S])/gu, '$1');
      if (name === '') throw new Error(`a parameter at index ${match.index} has no name`);
      endText();
      open.at(-1)!.push({ type: sign === ':' ? 'param' : 'wildcard', name });
    } else if (brace === '{') {
      endText();
      open.push([]);
    } else if (brace === '}') {
      endText();
      const tokens = open.pop()!;
      if (open.length === 0) throw unexpected('}', match.index);
      open.at(-1)!.push({ type: 'group', tokens });
    }
  }
  if (open.length > 1) throw new Error('a "{" is never closed');
  endText();
  return open[0]!;
}

function unexpected(character: string, index: number): Error {
  if (character === ':' || character === '*') return new Error(`a parameter at index ${index} has no name`);
  return new Error(
    `"${character}" at index ${index} means nothing; to mean the character itself, write "\\${character}"`,
  );
}
