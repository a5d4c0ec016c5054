/** A token of a path, in the grammar of path-to-regexp 8. */
export type PathToken =
  | { readonly type: 'text'; readonly value: string }
  | { readonly type: 'param' | 'wildcard'; readonly name: string }
  | { readonly type: 'group'; readonly tokens: readonly PathToken[] };

/** An escaped character, a named parameter, a brace, a reserved character, text; in this order. */
const PIECES =
  /\\([\s\S])|([:*])(?:([$_\p{ID_Start}](?:[$\p{ID_Continue}]|\u200c|\u200d)*)|"((?:[^"\\]|\\[\s\S])*)")|([{}])|([()[\]+?!:*\\])|([^\\:*{}()[\]+?!]+)/gu;

/**
 * Splits a path into tokens: `:name`, `*rest`, `{/optional}`, `\` before a literal character. The grammar is that of
 * path-to-regexp, which a test compares it with; that package would be a tenth of a small app's bundle.
 *
 * @throws Error with what is invalid, its index and the fix
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
      if (name === '') throw unnamed(sign, match.index);
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
  if (open.length > 1) throw new Error('a "{" has no "}". Close the group.');
  endText();
  return open[0]!;
}

function unexpected(character: string, index: number): Error {
  if (character === ':' || character === '*') return unnamed(character, index);
  const literal = `For the character itself, write "\\${character}".`;
  return new Error(`"${character}" at index ${index} is reserved.${meantBy(character)} ${literal}`);
}

/** What other routers mean by a reserved character, as it is written here. */
function meantBy(character: string): string {
  switch (character) {
    case '?':
      return ' Put an optional part into braces, such as {/:id}.';
    case '+':
      return ' A wildcard takes one or more segments, such as *rest.';
    case '(':
    case '[':
      return ' A parameter has no pattern: its type decides what it takes, such as @Param("id") id: number.';
    default:
      return '';
  }
}

function unnamed(sign: string, index: number): Error {
  const [what, example] = sign === '*' ? ['wildcard', '*rest'] : ['parameter', ':id'];
  return new Error(`the ${what} at index ${index} has no name. Give it one, such as ${example}.`);
}
