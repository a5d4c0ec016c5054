/** Header fields by lower-case name. */
export type HeaderFields = Record<string, string>;

const FIELD_NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
// RFC 9110 §5.5: visible ASCII, space, tab and obs-text; CR, LF and NUL would split or cut the message.
const FIELD_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * Refuses a field that HTTP does not allow, before a door has sent half of it.
 *
 * @throws TypeError that names the field
 */
export function assertField(name: string, value: string): void {
  if (!isFieldName(name)) throw new TypeError(`The header name ${JSON.stringify(name)} is not allowed in HTTP.`);
  if (!FIELD_VALUE.test(value)) {
    throw new TypeError(`The value of the header ${name} has characters that HTTP does not allow.`);
  }
}

/** Whether a header may have this name: a token (RFC 9110 §5.1). */
export function isFieldName(name: string): boolean {
  return FIELD_NAME.test(name);
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
  const text = trimBlanks(String(value));
  assertField(name, text);
  return text;
}

/** Without spaces and tabs at both ends. An expression would try each of a thousand blanks in between as the last. */
function trimBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text, start)) start++;
  while (end > start && isBlank(text, end - 1)) end--;
  return text.slice(start, end);
}

function isBlank(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 0x20 || code === 0x09;
}

/** Fields that frame a message: only the door sets them. */
export const FRAMING: readonly string[] = ['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'te', 'trailer'];
