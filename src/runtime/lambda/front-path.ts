import { exchangeOf } from '../dispatch/exchange.js';
import type { HttpRequest } from '../http/http-request.js';
import { publicOriginOf } from '../http/origin/public-origin.js';
import { loadRequestParts } from '../http/request/request-parts.lazy.js';
import type { Invocation } from './invocation.js';

const basePaths = new WeakMap<HttpRequest, string>();

/** Notes the base path that a handler has taken off a request's path. */
export function setBasePath(request: HttpRequest, path: string): void {
  basePaths.set(request, path);
}

/**
 * What the client's URL has in front of a request's path: the stage, if the client called the API by its own domain, and
 * the handler's base path. Behind a custom domain a mapping stands for the stage; behind a proxy such as CloudFront the
 * client does not see either.
 */
export function basePathOf({ event }: Invocation<object>, request: HttpRequest): string {
  const { requestContext = {} } = event as { requestContext?: { stage?: unknown; domainName?: unknown } };
  const { stage, domainName } = requestContext;
  const hasStage =
    typeof stage === 'string' &&
    stage !== '$default' &&
    typeof domainName === 'string' &&
    domainName.includes('.execute-api.') &&
    hostOf(request) === domainName;
  return (hasStage ? `/${stage}` : '') + (basePaths.get(request) ?? '');
}

/** The host that the client called. */
function hostOf(request: HttpRequest): string | undefined {
  const own = publicOriginOf(exchangeOf(request).app);
  return own?.replace(/^https?:\/\//, '') ?? loadRequestParts().clientTraceOf(request).host ?? request.headers['host'];
}
