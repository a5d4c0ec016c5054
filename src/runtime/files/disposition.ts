import contentDisposition from 'content-disposition';

/**
 * A `Content-Disposition` header (RFC 6266): a file name of any script, and one in ASCII for old clients. What no file name
 * may have (separators, control characters) becomes `_`, since the name may come from a user.
 */
export function dispositionOf(filename: string, inline: boolean): string {
  const name = filename.toWellFormed().replace(/[/\\\x00-\x1f\x7f-\x9f]/g, '_');
  // A user may have left it empty; browsers then take a name from the URL.
  if (name === '') return inline ? 'inline' : 'attachment';
  // Headers beyond ASCII do not arrive as they are behind every gateway.
  return contentDisposition(name, { type: inline ? 'inline' : 'attachment', fallback: name.replace(/[^ -~]/g, '?') });
}
