/**
 * What a client's path has in front of the path of a request: the base path, as the client wrote it.
 *
 * @param whole the client's path
 * @param path what was left when the base path was taken off
 */
export function basePathBefore(whole: string, path: string): string {
  const base = whole.endsWith(path) ? whole.slice(0, -path.length) : path === '/' ? whole : '';
  // Of a URL that begins with two slashes, browsers would take the first segment for a host.
  return /^\/(?!\/)/.test(base) ? base.replace(/\/+$/, '') : '';
}
