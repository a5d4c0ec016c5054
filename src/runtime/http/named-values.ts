/** All values of each name of a query string or a form, as they came. */
export type NamedValues = Map<string, string[]>;

/**
 * Reads `a=1&b=2` by the rules of WHATWG URL (application/x-www-form-urlencoded parsing): `+` is a space, escapes are
 * decoded once, an invalid escape stays as it is, and invalid UTF-8 becomes U+FFFD.
 */
export function parseNamedValues(text: string): NamedValues {
  const values: NamedValues = new Map();
  if (isPlain(text)) splitPlain(text, values);
  else splitEncoded(text, values);
  return values;
}

/** Apart from plain text, which is most: it is not compiled for them. */
function splitEncoded(text: string, values: NamedValues): void {
  const query = text.charCodeAt(0) === 63 /* ? */ ? `&${text}` : text;
  for (const [name, value] of new URLSearchParams(query)) add(values, name, value);
}

/** Whether nothing in a text is encoded, and all of it is ASCII. */
function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x25 /* % */ || code === 0x2b /* + */ || code > 0x7f) return false;
  }
  return true;
}

/** Reads plain text like URLSearchParams, in half the time: most queries are a few plain words. */
function splitPlain(text: string, values: NamedValues): void {
  for (let start = 0; start < text.length; ) {
    const next = text.indexOf('&', start);
    const end = next === -1 ? text.length : next;
    // Not looked for in the whole text, which may have many names and no `=`.
    const pair = text.slice(start, end);
    const equals = pair.indexOf('=');
    if (equals !== -1) add(values, pair.slice(0, equals), pair.slice(equals + 1));
    else if (end > start) add(values, pair, '');
    start = end + 1;
  }
}

function add(values: NamedValues, name: string, value: string): void {
  const list = values.get(name);
  if (list === undefined) values.set(name, [value]);
  else list.push(value);
}

/**
 * Makes a plain record: a string, or a list for a name that was repeated. The record has no prototype that a name like
 * `__proto__` could reach.
 *
 * @param isOrdered whether names keep the order in which they came, as those of a form do. Default: false, code-unit
 *   order, since gateways lose the order between the names of a query
 */
export function toRecord<T = string>(values: ReadonlyMap<string, T[]>, isOrdered = false): Record<string, T | T[]> {
  const record: Record<string, T | T[]> = Object.create(null);
  for (const name of isOrdered ? values.keys() : [...values.keys()].sort()) {
    const list = values.get(name)!;
    record[name] = list.length === 1 ? list[0]! : list;
  }
  return record;
}
