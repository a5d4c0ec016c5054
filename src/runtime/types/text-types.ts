import { rareTextType } from './rare-text-types.js';
import { type ScalarType, scalarTypeOf } from './scalar-type.js';
import { INVALID, type TextType } from './text-type.js';
import { JSON_CHECKS } from './value-check.js';

export { INVALID, type TextType };

/** How text is converted to a scalar. */
export function textTypeFor(scalar: ScalarType): TextType {
  switch (scalar) {
    case 'string':
      return { ...JSON_CHECKS.string, convert: asIs, isTextInJson: false };
    case 'number':
      return {
        expected: 'a decimal number',
        expectedInJson: JSON_CHECKS.number.expected,
        convert: toNumber,
        accepts: JSON_CHECKS.number.accepts,
        isTextInJson: false,
      };
    case 'boolean':
      return { ...JSON_CHECKS.boolean, convert: toBoolean, isTextInJson: false };
    default:
      return rareTextType(scalar);
  }
}

/**
 * As {@link textTypeFor}, for the values of a path: a link has them and not a person, so that numbers are those of JSON, and
 * booleans have no `on`.
 */
export function pathTypeFor(scalar: ScalarType): TextType {
  const textType = textTypeFor(scalar);
  if (scalar === 'number') return { ...textType, convert: toPathNumber };
  if (scalar === 'boolean') return { ...textType, convert: toPathBoolean };
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

function asIs(text: string): unknown {
  return text;
}

/**
 * A valid floating-point number of HTML (§2.3.4.3), which `<input type=number>` sends as it was typed: `.5`, `007`. Numbers
 * of JSON are among them.
 */
function toNumber(text: string): unknown {
  const value = Number(text);
  if (!Number.isFinite(value)) return INVALID;
  return isWritten(value, text) || /^-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?$/.test(text) ? value : INVALID;
}

/** A number of JSON (RFC 8259 §6), and nothing else that Number() accepts. */
function toPathNumber(text: string): unknown {
  const value = Number(text);
  if (!Number.isFinite(value)) return INVALID;
  return isWritten(value, text) || /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text) ? value : INVALID;
}

/** Whether a number is written as JavaScript does it, which is valid JSON: so are most, and they need no expression. */
function isWritten(value: number, text: string): boolean {
  return String(value) === text;
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

function toPathBoolean(text: string): unknown {
  return text === 'on' ? INVALID : toBoolean(text);
}
