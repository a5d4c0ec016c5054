/** How text is converted to one type. */
export interface TextType {
  /** What a value must be, for issues: `a decimal number`. */
  readonly expected: string;
  /** The same of a value in JSON, where `"1"` is a decimal number, but no number. Default: `expected`. */
  readonly expectedInJson?: string;
  /** Converts text; gives {@link INVALID} for text that is not a value of the type. */
  convert(text: string): unknown;
  /** Whether this is a value of the type, as JSON may have it. */
  accepts(value: unknown): boolean;
  /** Whether JSON has no such type, so that a string is converted there too. */
  readonly isTextInJson: boolean;
}

/** What a conversion gives for text that is not a value of its type. */
export const INVALID = Symbol('invalid');
