import type { HeaderFields } from './header-fields.js';
import { loadRepeatedFields } from './request/repeated-fields.lazy.js';

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
    const value = flat[i + 1]!;
    // A field with one value and no comma of its own outside of quotes: here a gateway's join can be undone.
    let isSingle = false;
    switch (name) {
      // The fields of one connection (RFC 9110 §7.6.1). Gateways drop them, so that every door does.
      case 'connection':
      case 'keep-alive':
      case 'proxy-connection':
      case 'te':
      case 'trailer':
      case 'transfer-encoding':
      case 'upgrade':
        continue;
      case 'host':
      case 'content-type':
      case 'content-length':
      case 'max-forwards':
        isSingle = true;
    }
    const before = fields[name];
    if (before === undefined) {
      fields[name] = isSingle && value.includes(',') ? loadRepeatedFields().firstField(value) : value;
      isSorted &&= last < name;
      last = name;
    } else {
      fields[name] = loadRepeatedFields().joinFields(name, before, value);
    }
  }
  // Gateways mostly send them in this order.
  if (isSorted) return fields;
  const ordered: HeaderFields = Object.create(null);
  for (const name of Object.keys(fields).sort()) ordered[name] = fields[name]!;
  return ordered;
}
