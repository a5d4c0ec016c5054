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

function toNumber(text: string): unknown {
  const value = Number(text);
  // A number as JavaScript writes it is valid JSON; so are most, and they need no regular expression.
  return Number.isFinite(value) && (String(value) === text || JSON_NUMBER.test(text)) ? value : INVALID;
}

const BOOLEANS = new Map([
  ['true', true],
  ['false', false],
  ['1', true],
  ['0', false],
  // A bare `?flag`: some gateways pass it on as `?flag=`.
  ['', true],
]);

/** Maximum number of digits of a bigint: the time to convert them grows faster than their number. */
const MAX_DIGITS = 1000;

function toBigInt(text: string): unknown {
  return text.length <= MAX_DIGITS && /^-?(?:0|[1-9]\d*)$/.test(text) ? BigInt(text) : INVALID;
}

// RFC 3339 §5.6; a date alone is UTC midnight. A date-time without an offset would mean another instant on each machine.
const DATE = /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:[Zz]|[+-](\d\d):(\d\d)))?$/;

/** Reads an RFC 3339 date, or date-time with an offset, and checks the calendar; {@link INVALID} for all else. */
function toDate(text: string): unknown {
  const match = DATE.exec(text);
  if (match === null) return INVALID;
  const [year, month, day, hour, minute, second, offsetHour, offsetMinute] = match.slice(1).map(Number) as number[];
  if (month! < 1 || month! > 12 || day! < 1 || day! > daysIn(year!, month!)) return INVALID;
  if (match[4] !== undefined) {
    if (hour! > 23 || minute! > 59 || second! > 59) return INVALID;
    if (match[7] !== undefined && (offsetHour! > 23 || offsetMinute! > 59)) return INVALID;
  }
  const date = new Date(text.toUpperCase().replace(' ', 'T'));
  return Number.isNaN(date.getTime()) ? INVALID : date;
}

function daysIn(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
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
  [Number, textType('a decimal number', toNumber, Number.isFinite)],
  [
    Boolean,
    textType(
      'true or false',
      (text) => BOOLEANS.get(text) ?? INVALID,
      (value) => typeof value === 'boolean',
    ),
  ],
  [Date, textType('an RFC 3339 date, or date-time with an offset', toDate, (value) => value instanceof Date, true)],
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
  if (type instanceof OneOf) return choiceOf(type.values as readonly (string | number)[]);
  const members = enumMembersOf(type);
  return members === undefined ? undefined : choiceOf(members);
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
