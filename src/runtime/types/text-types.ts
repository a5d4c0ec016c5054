import { loadDateText } from './date-text.lazy.js';
import { type Choice, type ScalarName, type ScalarType, scalarTypeOf } from './scalar-type.js';

/** How text is converted to one type. */
export interface TextType {
  /** What a value must be, for issues: `a decimal number`. */
  readonly expected: string;
  /** Converts text; gives {@link INVALID} for text that is not a value of the type. */
  convert(text: string): unknown;
  /** Whether this is a value of the type, as JSON may have it. */
  accepts(value: unknown): boolean;
  /** Whether JSON has no such type, so that a string is converted there too. */
  readonly isTextInJson: boolean;
}

/** What a conversion gives for text that is not a value of its type. */
export const INVALID = Symbol('invalid');

// RFC 8259 §6: the numbers of JSON, and nothing else that Number() accepts.
const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

// A valid floating-point number of HTML (§2.3.4.3), which `<input type=number>` sends as it was typed: `.5`, `007`.
// Numbers of JSON are among them.
const HTML_NUMBER = /^-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?$/;

function toNumber(text: string, grammar: RegExp): unknown {
  const value = Number(text);
  // A number as JavaScript writes it is valid JSON; so are most, and they need no regular expression.
  return Number.isFinite(value) && (String(value) === text || grammar.test(text)) ? value : INVALID;
}

/** What text says of a boolean. */
function toBoolean(text: string): unknown {
  switch (text) {
    case 'true':
    case '1':
    // What browsers send for a checkbox without a value of its own.
    case 'on':
    // A bare `?flag`: some gateways pass it on as `?flag=`.
    case '':
      return true;
    case 'false':
    case '0':
      return false;
    default:
      return INVALID;
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

const isString = (value: unknown): boolean => typeof value === 'string';
const isBoolean = (value: unknown): boolean => typeof value === 'boolean';
const isBigInt = (value: unknown): boolean => typeof value === 'bigint';
const isDate = (value: unknown): boolean => value instanceof Date;
const isUrl = (value: unknown): boolean => value instanceof URL;

function createTextType(name: ScalarName): TextType {
  switch (name) {
    case 'string':
      return { expected: 'a string', convert: (text) => text, accepts: isString, isTextInJson: false };
    case 'number':
      return {
        expected: 'a decimal number',
        convert: (text) => toNumber(text, HTML_NUMBER),
        // JSON.parse gives Infinity for `1e999`.
        accepts: Number.isFinite,
        isTextInJson: false,
      };
    case 'boolean':
      return { expected: 'true or false', convert: toBoolean, accepts: isBoolean, isTextInJson: false };
    case 'date':
      return {
        expected: 'an RFC 3339 date, or date-time with an offset',
        convert: (text) => loadDateText().readDate(text) ?? INVALID,
        accepts: isDate,
        isTextInJson: true,
      };
    case 'bigint':
      return { expected: 'a whole number', convert: toBigInt, accepts: isBigInt, isTextInJson: true };
    case 'url':
      return { expected: 'an absolute URL', convert: toUrl, accepts: isUrl, isTextInJson: true };
  }
}

/** Those that were needed so far. */
const textTypes: Partial<Record<ScalarName, TextType>> = {};

/** How text is converted to a scalar. */
export function textTypeFor(scalar: ScalarType): TextType {
  if (typeof scalar === 'object') return choiceOf(scalar);
  textTypes[scalar] ??= createTextType(scalar);
  return textTypes[scalar];
}

/**
 * As {@link textTypeFor}, for the values of a path: a link has them and not a person, so that numbers are those of JSON, and
 * booleans have no `on`.
 */
export function pathTypeFor(scalar: ScalarType): TextType {
  const textType = textTypeFor(scalar);
  if (scalar === 'number') return { ...textType, convert: (text) => toNumber(text, JSON_NUMBER) };
  if (scalar === 'boolean') return { ...textType, convert: (text) => (text === 'on' ? INVALID : toBoolean(text)) };
  return textType;
}

/**
 * How text is converted to a type: a constructor such as `Number`, an enum, a `oneOf`. Undefined for all other types, such
 * as lists, DTOs and schemas.
 */
export function textTypeOf(type: unknown): TextType | undefined {
  const scalar = scalarTypeOf(type);
  return scalar === undefined ? undefined : textTypeFor(scalar);
}

function choiceOf({ choice }: Choice): TextType {
  const byText = new Map(choice.map((value) => [String(value), value]));
  return {
    expected: `one of the following values: ${choice.join(', ')}`,
    convert: (text) => (byText.has(text) ? byText.get(text) : INVALID),
    accepts: (value) => choice.includes(value as string),
    isTextInJson: false,
  };
}
