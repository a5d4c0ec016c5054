/** What the entry's last statement exports, each name with its local one. */
const LAST_EXPORTS = /(?:[;}\n])((?:exports\.[\w$]+=[\w$]+,?)+);?(?=\n?(?:\/\/# sourceMappingURL|$))/;

const STRICT = '"use strict";';

/** The statement that is put before the first one. */
export const EARLY_CALL = '$early();';

/**
 * Lets files on demand use what the entry exports while the entry itself still runs, as it does where an app is read at
 * startup: the names between files become getters, defined by the entry's first statement.
 *
 * @param own the names that the app itself exports: they stay as they are
 */
export function exportEarly(code: string, own: readonly string[]): string {
  const found = LAST_EXPORTS.exec(code);
  if (found === null || !code.startsWith(STRICT)) return code;
  const pairs = found[1]!.split(',').map((pair) => /^exports\.([\w$]+)=([\w$]+)$/.exec(pair)!);
  const shared = pairs.filter(([, name]) => !own.includes(name!));
  if (shared.length === 0) return code;
  const kept = pairs.filter(([, name]) => own.includes(name!)).map(([pair]) => pair);
  const getters = shared.map(([, name, local]) => `get ${name}(){return ${local}}`);
  const start = found.index + found[0].indexOf(found[1]!);
  const end = start + found[1]!.length;
  const define = `function $early(){Object.defineProperties(exports,Object.getOwnPropertyDescriptors({${getters}}))}`;
  return `${STRICT}${EARLY_CALL}${code.slice(STRICT.length, start)}${define}${kept.join()}${code.slice(end)}`;
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Moves everything on the first line of a source map's generated code to the right, by a number of columns. */
export function shiftFirstLine(mappings: string, columns: number): string {
  const [first = ''] = /^[A-Za-z0-9+/]*/.exec(mappings) ?? [];
  if (first === '') return mappings;
  const { value, length } = readNumber(first);
  return writeNumber(value + columns) + mappings.slice(length);
}

/** The first number of a segment, and how many digits it has (base 64 VLQ). */
function readNumber(segment: string): { readonly value: number; readonly length: number } {
  let bits = 0;
  let length = 0;
  let digit: number;
  do {
    digit = DIGITS.indexOf(segment[length]!);
    bits |= (digit & 31) << (5 * length);
    length++;
  } while (digit & 32);
  return { value: bits & 1 ? -(bits >> 1) : bits >> 1, length };
}

function writeNumber(value: number): string {
  let bits = value < 0 ? (-value << 1) | 1 : value << 1;
  let text = '';
  do {
    const rest = bits >>> 5;
    text += DIGITS[(bits & 31) | (rest > 0 ? 32 : 0)];
    bits = rest;
  } while (bits > 0);
  return text;
}
