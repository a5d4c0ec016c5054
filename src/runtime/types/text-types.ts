import { loadDateText } from './date-text.lazy.js';
import { OneOf } from './one-of.js';

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

const BOOLEANS = new Map([
  ['true', true],
  ['false', false],
  ['1', true],
  ['0', false],
  // What browsers send for a checkbox without a value of its own.
  ['on', true],
  // A bare `?flag`: some gateways pass it on as `?flag=`.
  ['', true],
]);

/** Maximum number of digits of a bigint: the time to convert them grows faster than their number. */
const MAX_DIGITS = 1000;

function toBigInt(text: string): unknown {
  return text.length <= MAX_DIGITS && /^-?(?:0|[1-9]\d*)$/.test(text) ? BigInt(text) : INVALID;
}

function toUrl(text: string): unknown {
  return URL.canParse(text) ? new URL(text) : INVALID;
}

function textType(
  expected: string,
  convert: (text: string) => unknown,
  accepts: (value: unknown) => boolean,
  isTextInJson = false,
): TextType {
  return { expected, convert, accepts, isTextInJson };
}

const TEXT_TYPES = new Map<unknown, TextType>([
  [
    String,
    textType(
      'a string',
      (text) => text,
      (value) => typeof value === 'string',
    ),
  ],
  // JSON.parse gives Infinity for `1e999`.
  [Number, textType('a decimal number', (text) => toNumber(text, HTML_NUMBER), Number.isFinite)],
  [
    Boolean,
    textType(
      'true or false',
      (text) => BOOLEANS.get(text) ?? INVALID,
      (value) => typeof value === 'boolean',
    ),
  ],
  [
    Date,
    textType(
      'an RFC 3339 date, or date-time with an offset',
      (text) => loadDateText().readDate(text) ?? INVALID,
      (value) => value instanceof Date,
      true,
    ),
  ],
  [BigInt, textType('a whole number', toBigInt, (value) => typeof value === 'bigint', true)],
  [URL, textType('an absolute URL', toUrl, (value) => value instanceof URL, true)],
]);

/**
 * How text is converted to a type: a constructor such as `Number`, an enum, a `oneOf`. Undefined for all other types, such
 * as lists, DTOs and schemas.
 */
export function textTypeOf(type: unknown): TextType | undefined {
  const known = TEXT_TYPES.get(type);
  if (known !== undefined) return known;
  const choices = choicesOf(type);
  return choices === undefined ? undefined : choiceOf(choices);
}

/** The values of an enum or a `oneOf`; undefined for all other types. */
export function choicesOf(type: unknown): readonly (string | number)[] | undefined {
  return type instanceof OneOf ? (type.values as readonly (string | number)[]) : enumMembersOf(type);
}

/** Types whose text is stricter in a path, where a link has it and not a person: JSON's numbers, and no `on`. */
const PATH_TYPES = new Map<unknown, TextType>([
  [Number, textType('a decimal number', (text) => toNumber(text, JSON_NUMBER), Number.isFinite)],
  [
    Boolean,
    textType(
      'true or false',
      (text) => (text === 'on' ? INVALID : (BOOLEANS.get(text) ?? INVALID)),
      (value) => typeof value === 'boolean',
    ),
  ],
]);

/** As {@link textTypeOf}, for the values of a path. */
export function pathTypeOf(type: unknown): TextType | undefined {
  return PATH_TYPES.get(type) ?? textTypeOf(type);
}

function choiceOf(values: readonly (string | number)[]): TextType {
  const byText = new Map(values.map((value) => [String(value), value]));
  return textType(
    `one of the following values: ${values.join(', ')}`,
    (text) => (byText.has(text) ? byText.get(text) : INVALID),
    (value) => values.includes(value as string),
  );
}

/** The values of a TypeScript enum; undefined for any other object. A numeric enum also maps its values to names. */
function enumMembersOf(type: unknown): (string | number)[] | undefined {
  if (typeof type !== 'object' || type === null || Object.getPrototypeOf(type) !== Object.prototype) return undefined;
  const entries = Object.entries(type).filter(([name]) => !/^-?\d+(?:\.\d+)?$/.test(name));
  const isEnum = entries.length > 0 && entries.every(([, value]) => ['string', 'number'].includes(typeof value));
  return isEnum ? entries.map(([, value]) => value as string | number) : undefined;
}
