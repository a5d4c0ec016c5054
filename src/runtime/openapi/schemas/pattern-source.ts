/**
 * The source of a regular expression as JSON Schema has it, where a pattern has no flags: letters are expanded for the flag
 * `i`. Undefined where other flags decide what matches.
 */
export function patternSource(source: string, flags: string): string | undefined {
  if (flags.includes('m') && /[$^]/.test(source)) return undefined;
  if (flags.includes('i') && /\\(?:[1-9]|k<)/.test(source)) return undefined;
  const dotted = flags.includes('s') ? expandDots(source) : source;
  return flags.includes('i') ? ignoringCase(dotted) : dotted;
}

/** An escape, the name of a group, or one character. */
const PIECES =
  /\\(?:u\{[^}]*\}|u[\dA-Fa-f]{4}|x[\dA-Fa-f]{2}|c[A-Za-z]|[pPk](?:\{[^}]*\}|<[^>]*>)|[\s\S])|\(\?<[^=!>]*>|[\s\S]/gu;

function expandDots(source: string): string {
  let isInClass = false;
  return source.replace(PIECES, (piece) => {
    if (piece === '[') isInClass = true;
    else if (piece === ']') isInClass = false;
    return piece === '.' && !isInClass ? '[\\s\\S]' : piece;
  });
}

/** Both cases of each ASCII letter, and of each range of letters. */
function ignoringCase(source: string): string {
  const pieces = (source.match(PIECES) ?? []).map(unescapeLetter);
  let expanded = '';
  let isInClass = false;
  for (let i = 0; i < pieces.length; i++) {
    const piece = pieces[i]!;
    if (piece === '[') isInClass = true;
    else if (piece === ']') isInClass = false;
    const isRange = isInClass && isLetter(piece) && pieces[i + 1] === '-' && isLetter(pieces[i + 2]);
    if (isRange) {
      const range = `${piece}-${pieces[i + 2]}`;
      expanded += range.toLowerCase() + range.toUpperCase();
      i += 2;
    } else if (isLetter(piece)) {
      const both = piece.toLowerCase() + piece.toUpperCase();
      expanded += isInClass ? both : `[${both}]`;
    } else expanded += piece;
  }
  return expanded;
}

/** A letter for its escape. */
function unescapeLetter(piece: string): string {
  const found = /^\\(?:u\{([\dA-Fa-f]+)\}|u([\dA-Fa-f]{4})|x([\dA-Fa-f]{2}))$/.exec(piece);
  const code = found?.slice(1).find(Boolean);
  const character = code === undefined ? piece : String.fromCodePoint(Number.parseInt(code, 16));
  return isLetter(character) ? character : piece;
}

function isLetter(piece: string | undefined): boolean {
  return piece !== undefined && /^[A-Za-z]$/.test(piece);
}

/** The source of text that is found as it is. */
export function literalSource(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
