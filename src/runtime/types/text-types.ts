import { OneOf } from './one-of.js';

/** How text becomes a value of one type. */
export interface TextType {
  /** What the value must be, for the message: `a decimal number`. */
  readonly expected: string;
  /** The value, or {@link INVALID}. */
  convert(text: string): unknown;
  /** Whether this is a value of the type already, as JSON may have it. */
  accepts(value: unknown): boolean;
  /** Whether JSON has no value of this type, so that it is made of a string there as well. */
  readonly isTextInJson: boolean;
}

/** What a conversion gives for text that is no value of its type. */
export const INVALID = Symbol('invalid');

// RFC 8259 §6: the numbers of JSON, and nothing else that Number() takes.
const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

function toNumber(text: string): unknown {
  const value = Number(text);
  // What is written as JavaScript writes it is a number of JSON: most are, and need no expression.
  return Number.isFinite(value) && (String(value) === text || JSON_NUMBER.test(text)) ? value : INVALID;
}

const BOOLEANS = new Map([
  ['true', true],
  ['false', false],
  ['1', true],
  ['0', false],
  // As of a bare `?flag`: some gateways cannot tell it from `?flag=`.
  ['', true],
]);

/** Digits of a bigint; converting takes time that grows faster than their number. */
const MAX_DIGITS = 1000;

function toBigInt(text: string): unknown {
  return text.length <= MAX_DIGITS && /^-?(?:0|[1-9]\d*)$/.test(text) ? BigInt(text) : INVALID;
}

// RFC 3339 §5.6; a date alone is UTC midnight. A date-time without an offset would mean another instant on each machine.
const DATE = /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:[Zz]|[+-](\d\d):(\d\d)))?$/;

/** Reads an RFC 3339 date or date-time with an offset, the calendar checked; {@link INVALID} where it is none. */
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

const TEXT_TYPES = new Map<unknown, TextType>([
  [
    String,
    {
      expected: 'a string',
      convert: (text) => text,
      accepts: (value) => typeof value === 'string',
      isTextInJson: false,
    },
  ],
  [
    Number,
    {
      expected: 'a decimal number',
      convert: toNumber,
      // JSON.parse makes Infinity of `1e999`.
      accepts: (value) => Number.isFinite(value),
      isTextInJson: false,
    },
  ],
  [
    Boolean,
    {
      expected: 'true or false',
      convert: (text) => BOOLEANS.get(text) ?? INVALID,
      accepts: (value) => typeof value === 'boolean',
      isTextInJson: false,
    },
  ],
  [
    Date,
    {
      expected: 'an RFC 3339 date, or date-time with an offset',
      convert: toDate,
      accepts: (value) => value instanceof Date,
      isTextInJson: true,
    },
  ],
  [
    BigInt,
    {
      expected: 'a whole number',
      convert: toBigInt,
      accepts: (value) => typeof value === 'bigint',
      isTextInJson: true,
    },
  ],
  [
    URL,
    {
      expected: 'an absolute URL',
      convert: toUrl,
      accepts: (value) => value instanceof URL,
      isTextInJson: true,
    },
  ],
]);

/**
 * How text becomes a value of this type (a constructor, an enum, a `oneOf`); undefined where text cannot. Lists, DTOs
 * and schemas are not looked at here.
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
  return {
    expected: `one of the following values: ${values.join(', ')}`,
    convert: (text) => (byText.has(text) ? byText.get(text) : INVALID),
    accepts: (value) => values.includes(value as string),
    isTextInJson: false,
  };
}

/** The values of a TypeScript enum; undefined for any other object. A numeric one maps its values back to names. */
function enumMembersOf(type: unknown): (string | number)[] | undefined {
  if (typeof type !== 'object' || type === null || Object.getPrototypeOf(type) !== Object.prototype) return undefined;
  const entries = Object.entries(type).filter(([name]) => !/^-?\d+(?:\.\d+)?$/.test(name));
  const isEnum = entries.length > 0 && entries.every(([, value]) => ['string', 'number'].includes(typeof value));
  return isEnum ? entries.map(([, value]) => value as string | number) : undefined;
}
