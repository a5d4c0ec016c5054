import { withoutPrefix } from './event-codec.js';

const OWN_DOMAIN = /\.execute-api\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/;

/**
 * The path of an HTTP API without its stage: a named stage stands in the path where the host is API Gateway's own, and
 * not where it is a custom domain.
 */
export function withoutStage(
  path: string,
  { stage, domainName }: { readonly stage?: string; readonly domainName?: string | undefined },
): string {
  if (stage === undefined || stage === '$default' || domainName === undefined || !OWN_DOMAIN.test(domainName)) {
    return path;
  }
  return withoutPrefix(path, `/${stage}`);
}
