/** All values of each name, as they came; of a query string or a form. */
export type NamedValues = Map<string, string[]>;

/**
 * Reads `a=1&b=2` by the rules of WHATWG URL (application/x-www-form-urlencoded parsing): `+` is a space, escapes are
 * decoded once, a bad escape stays as it is, and what is no UTF-8 becomes U+FFFD.
 */
export function parseNamedValues(text: string): NamedValues {
  const values: NamedValues = new Map();
  if (text === '') return values;
  for (const [name, value] of new URLSearchParams(text.charCodeAt(0) === 63 /* ? */ ? `&${text}` : text)) {
    const list = values.get(name);
    if (list === undefined) values.set(name, [value]);
    else list.push(value);
  }
  return values;
}

/**
 * The whole as a plain record: a string, or a list where the name was repeated. Names come in code-unit order, since
 * gateways lose the order between names; there is no prototype for a name like `__proto__` to reach.
 */
export function toRecord(values: NamedValues): Record<string, string | string[]> {
  const record: Record<string, string | string[]> = Object.create(null);
  for (const name of [...values.keys()].sort()) {
    const list = values.get(name)!;
    record[name] = list.length === 1 ? list[0]! : list;
  }
  return record;
}
