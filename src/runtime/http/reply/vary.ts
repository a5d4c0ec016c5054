import type { HeaderFields } from '../header-fields.js';

/** Adds request headers to `vary` that are not there yet: the reply depends on them (RFC 9110 §12.5.5). `*` stands for all. */
export function addVary(headers: HeaderFields, ...names: readonly string[]): void {
  const present = headers['vary'] ?? '';
  const known = present.split(',').map((each) => each.trim().toLowerCase());
  if (known.includes('*')) return;
  if (names.includes('*')) {
    headers['vary'] = '*';
    return;
  }
  const added = names.filter((name) => !known.includes(name.toLowerCase()));
  if (added.length > 0) headers['vary'] = [...(present.trim() === '' ? [] : [present]), ...added].join(', ');
}
