/** How paths are compared; see `defineApp`. */
export interface PathOptions {
  strict: boolean;
  caseSensitive: boolean;
}

/** The form in which literals are compared: with ASCII letters in lower case, unless case matters. */
export function fold(text: string, options: Pick<PathOptions, 'caseSensitive'>): string {
  return options.caseSensitive ? text : lowerAscii(text);
}

/** Lower-cases ASCII letters only: `toLowerCase` would change the Kelvin sign to a `k`. */
export function lowerAscii(text: string): string {
  return text.toLowerCase() === text ? text : text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
