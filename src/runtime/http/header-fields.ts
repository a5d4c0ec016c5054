/** Header fields by lower-case name. */
export type HeaderFields = Record<string, string>;

/**
 * Fields that can have only one value: where one is repeated, the first counts, as in Node's own parser. All other fields
 * are lists, where repetition means the same as a comma (RFC 9110 §5.3).
 */
const SINGLE = new Set([
  'age',
  'authorization',
  'content-length',
  'content-type',
  'etag',
  'expires',
  'from',
  'host',
  'if-modified-since',
  'if-unmodified-since',
  'last-modified',
  'location',
  'max-forwards',
  'proxy-authorization',
  'referer',
  'retry-after',
  'server',
  'user-agent',
]);

/** Fields of one connection (RFC 9110 §7.6.1). Gateways drop them, so that every door does. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Fields with one value and without a comma of their own outside of quotes: here a gateway's join can be undone. */
const WITHOUT_COMMA = new Set(['content-length', 'content-type', 'host', 'max-forwards']);
const UP_TO_COMMA = /^(?:[^",]|"(?:[^"\\]|\\[\s\S])*")*/;

/**
 * Makes one record of a flat list of names and values. Names are lower-case and in code-unit order (gateways lose the
 * order between names). Repeated values are joined with `,` and no space, those of `cookie` with `; `; of a field with one
 * value the first counts. Fields of the connection are left out.
 */
export function foldHeaders(flat: readonly string[]): HeaderFields {
  const fields: HeaderFields = Object.create(null);
  let last = '';
  let isSorted = true;
  for (let i = 0; i + 1 < flat.length; i += 2) {
    const name = flat[i]!.toLowerCase();
    if (HOP_BY_HOP.has(name)) continue;
    const value = flat[i + 1]!;
    const before = fields[name];
    if (before === undefined) {
      fields[name] = WITHOUT_COMMA.has(name) ? firstOf(value) : value;
      isSorted &&= last < name;
      last = name;
    } else if (name === 'cookie') fields[name] = `${before}; ${value}`;
    else if (!SINGLE.has(name)) fields[name] = `${before},${value}`;
  }
  // Gateways mostly send them in this order.
  return isSorted ? fields : inOrder(fields);
}

function inOrder(fields: HeaderFields): HeaderFields {
  const ordered: HeaderFields = Object.create(null);
  for (const name of Object.keys(fields).sort()) ordered[name] = fields[name]!;
  return ordered;
}

function firstOf(value: string): string {
  return value.includes(',') ? UP_TO_COMMA.exec(value)![0].trimEnd() : value;
}

const FIELD_NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
// RFC 9110 §5.5: visible ASCII, space, tab and obs-text; CR, LF and NUL would split or cut the message.
const FIELD_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * Refuses a field that HTTP does not allow, before a door has sent half of it.
 *
 * @throws TypeError that names the field
 */
export function assertField(name: string, value: string): void {
  if (!FIELD_NAME.test(name)) throw new TypeError(`The header name ${JSON.stringify(name)} is not allowed in HTTP.`);
  if (!FIELD_VALUE.test(value)) {
    throw new TypeError(`The value of the header ${name} has characters that HTTP does not allow.`);
  }
}

/** Headers as people write them: names in any case; text, numbers and lists. */
export type HeadersInput = Record<string, string | number | readonly string[] | undefined>;

/**
 * Normalises headers that people wrote: names become lower-case (of one name in two cases the later counts), lists are
 * joined with `, `, values are trimmed and checked. `set-cookie` goes to `cookies`, one entry each: a cookie's `Expires` has
 * a comma, so cookies are never joined or split.
 *
 * @throws TypeError for a field that HTTP does not allow
 */
export function normaliseHeaders(input: HeadersInput, cookies: string[]): HeaderFields {
  const fields: HeaderFields = Object.create(null);
  for (const name of Object.keys(input)) {
    const value = input[name];
    if (value === undefined || value === null) continue;
    const lower = name.toLowerCase();
    if (lower === 'set-cookie') {
      for (const cookie of Array.isArray(value) ? value : [value]) cookies.push(checked(lower, cookie));
      continue;
    }
    fields[lower] = checked(lower, Array.isArray(value) ? value.join(', ') : value);
  }
  return fields;
}

function checked(name: string, value: unknown): string {
  const text = String(value).replace(/^[\t ]+|[\t ]+$/g, '');
  assertField(name, text);
  return text;
}
