import { lookup } from 'mrmime';

/** What mrmime does not know, and pages need. */
const OTHERS: Readonly<Record<string, string>> = { ico: 'image/x-icon' };

/** The type of a file by its extension; text has a charset. */
export function contentTypeOf(name: string): string {
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase();
  if (extension === undefined) return 'application/octet-stream';
  const type = OTHERS[extension] ?? lookup(extension) ?? 'application/octet-stream';
  return type.startsWith('text/') ? `${type}; charset=utf-8` : type;
}

/** Whether a type's bytes are text, which a gateway passes on as it is. */
export function isTextType(type: string): boolean {
  return /^text\/|^application\/(?:.*\+)?(?:json|xml)\b|^image\/svg\+xml/.test(type);
}
