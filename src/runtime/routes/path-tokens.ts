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
  return readPlain(path) ?? readPieces(path);
}

/** Reads a path of letters, digits, `/ - . _ ~ % @ &`, parameters and wildcards; undefined for any other. */
function readPlain(path: string): readonly PathToken[] | undefined {
  // Without the expression above, which takes a cold start 0.3 ms to compile; most paths do not need it.
  const tokens: PathToken[] = [];
  for (let i = 0; i < path.length; ) {
    const sign = path.charCodeAt(i);
    const isName = sign === 58 /* : */ || sign === 42; /* * */
    const start = isName ? i + 1 : i;
    for (i = start; i < path.length && isWord(path.charCodeAt(i), isName); ) i++;
    const value = path.slice(start, i);
    // A digit begins no name; nothing at all is a character that is not plain, or a sign without a name.
    if (value === '' || (isName && path.charCodeAt(start) < 58)) return undefined;
    tokens.push(isName ? { type: sign === 58 ? 'param' : 'wildcard', name: value } : { type: 'text', value });
    // What follows a name may go on with it.
    if (isName && path.charCodeAt(i) > 127) return undefined;
  }
  return tokens;
}

/** A character of an ASCII name, or of plain text. */
function isWord(code: number, isName: boolean): boolean {
  if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95 /* _ */) {
    return true;
  }
  return isName
    ? code === 36 /* $ */
    : code === 37 || code === 38 || (code >= 45 && code <= 47) || code === 64 || code === 126;
}

function readPieces(path: string): readonly PathToken[] {
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
