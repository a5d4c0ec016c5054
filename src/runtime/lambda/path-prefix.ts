/** A base path with one slash before it and none after it; `''` for none. */
export function normaliseBasePath(basePath = ''): string {
  if (basePath === '') return '';
  const trimmed = basePath.replace(/^\/+|\/+$/g, '');
  return trimmed === '' ? '' : `/${trimmed}`;
}

/** The path without a prefix, if the path begins with it and a segment ends there. */
export function withoutPrefix(path: string, prefix: string): string {
  if (prefix === '' || !path.startsWith(prefix)) return path;
  if (path.length === prefix.length) return '/';
  return path[prefix.length] === '/' ? path.slice(prefix.length) : path;
}

const API_GATEWAY_DOMAIN = /\.execute-api\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/;

/**
 * The path of an HTTP API without its stage: a named stage comes first in the path on API Gateway's own domain, and is
 * missing on a custom domain.
 */
export function withoutStage(
  path: string,
  { stage, domainName }: { readonly stage?: string; readonly domainName?: string | undefined },
): string {
  if (stage === undefined || stage === '$default' || domainName === undefined || !API_GATEWAY_DOMAIN.test(domainName)) {
    return path;
  }
  return withoutPrefix(path, `/${stage}`);
}
