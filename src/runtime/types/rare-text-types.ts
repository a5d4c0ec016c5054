import { readDate } from './date-text.js';
import type { Choice } from './scalar-type.js';
import { INVALID, type TextType } from './text-type.js';

/** How text is converted to a type that few parameters have: a date, a bigint, a URL, or one of several values. */
export function rareTextType(scalar: 'date' | 'bigint' | 'url' | Choice): TextType {
  switch (scalar) {
    case 'date':
      return {
        expected: 'an RFC 3339 date, or date-time with an offset',
        convert: (text) => readDate(text) ?? INVALID,
        accepts: isDate,
        isTextInJson: true,
      };
    case 'bigint':
      return { expected: 'a whole number', convert: toBigInt, accepts: isBigInt, isTextInJson: true };
    case 'url':
      return { expected: 'an absolute URL', convert: toUrl, accepts: isUrl, isTextInJson: true };
    default:
      return choiceOf(scalar);
  }
}

/** Maximum number of digits of a bigint: the time to convert them grows faster than their number. */
const MAX_DIGITS = 1000;

function toBigInt(text: string): unknown {
  return text.length <= MAX_DIGITS && /^-?(?:0|[1-9]\d*)$/.test(text) ? BigInt(text) : INVALID;
}

function toUrl(text: string): unknown {
  return URL.canParse(text) ? new URL(text) : INVALID;
}

const isBigInt = (value: unknown): boolean => typeof value === 'bigint';
const isDate = (value: unknown): boolean => value instanceof Date;
const isUrl = (value: unknown): boolean => value instanceof URL;

function choiceOf({ choice }: Choice): TextType {
  const byText = new Map(choice.map((value) => [String(value), value]));
  return {
    expected: `one of the following values: ${choice.join(', ')}`,
    convert: (text) => (byText.has(text) ? byText.get(text) : INVALID),
    accepts: (value) => choice.includes(value as string),
    isTextInJson: false,
  };
}
