import { exchangeOf } from '../../dispatch/exchange.js';
import { loadFailureReplies } from '../../dispatch/failure-replies.lazy.js';
import type { ReplyOrigin } from '../../dispatch/reply-hook.js';
import type { ReplyStep } from '../../dispatch/reply-steps.js';
import { timeLeft } from '../../dispatch/time/time-left.js';
import type { HttpRequest } from '../../http/http-request.js';
import { raceTimeout } from '../../http/race-timeout.js';
import { closeBody } from '../../http/reply/body-owner.js';
import { HttpReply } from '../../http/reply/http-reply.js';
import { addVary } from '../../http/reply/vary.js';
import { settingsIn, settingsOf, settingsOfApp, usesOf } from '../ready-middleware.js';
import type { CorsPolicy } from './cors-policy.js';

/** How long a reply waits for the app's own function, at most, in milliseconds, where no middleware has waited before. */
const LONGEST_WAIT = 1000;

const METHOD = 'access-control-request-method';
const HEADERS = 'access-control-request-headers';
const PRIVATE_NETWORK = 'access-control-request-private-network';

/** Whether a browser asks if it may send a request (https://fetch.spec.whatwg.org/#cors-preflight-request). */
export function isPreflight({ method, headers }: HttpRequest): boolean {
  return method === 'OPTIONS' && headers['origin'] !== undefined && headers[METHOD] !== undefined;
}

/** The policy for a request; for a preflight, that of the request which it asks for. */
function policyOf(request: HttpRequest, { table }: ReplyOrigin): CorsPolicy | undefined {
  if (!isPreflight(request)) return settingsOf<CorsPolicy>('cors', request);
  const exchange = exchangeOf(request);
  const asked = table.match(request.headers[METHOD]!, request.path);
  return (
    settingsIn<CorsPolicy>('cors', usesOf(asked)) ??
    settingsIn<CorsPolicy>('cors', usesOf(exchange.match)) ??
    settingsOfApp<CorsPolicy>('cors', exchange)
  );
}

/** What was decided for each request; the app's function is called once. */
const decisions = new WeakMap<HttpRequest, boolean | Promise<boolean>>();

/**
 * Whether a policy lets the origin of a request read its reply; rejects with what the app's own function throws.
 *
 * @param policy Default: that of the request, which is not a preflight
 */
export function isAllowed(
  request: HttpRequest,
  policy = settingsOf<CorsPolicy>('cors', request),
): boolean | Promise<boolean> {
  let decision = decisions.get(request);
  if (decision === undefined) {
    const origin = request.headers['origin'];
    try {
      decision = origin === undefined ? false : (policy?.allows(origin, request) ?? false);
    } catch (error) {
      // Kept like any other, so that it is called and logged once.
      decision = Promise.reject(error);
    }
    if (decision instanceof Promise) decision.catch(() => {});
    decisions.set(request, decision);
  }
  return decision;
}

/** Writes the headers of CORS on a reply, or replaces it by the answer to a preflight. */
export const applyCors: ReplyStep = (request, reply, origin) => {
  const fail = (error: unknown) => {
    decisions.set(request, false);
    return loadFailureReplies().replyToError(origin, error, request);
  };
  try {
    const policy = policyOf(request, origin);
    if (policy === undefined) return reply;
    const allowed = isAllowed(request, policy);
    if (!(allowed instanceof Promise)) return finish(request, reply, policy, allowed);
    // The time of the request may be over: its 504 must not wait for what was too slow.
    const wait = Math.min(timeLeft(request), LONGEST_WAIT);
    return raceTimeout(allowed, wait, () => false).then(
      (settled) => finish(request, reply, policy, settled),
      async (error: unknown) => {
        const failed = reply.error === error ? reply : await fail(error);
        return writeHeaders(request, failed, policy, false);
      },
    );
  } catch (error) {
    return reply.error === error ? reply : fail(error);
  }
};

/** Writes the headers of any reply but that to a preflight. */
function writeHeaders(request: HttpRequest, reply: HttpReply, policy: CorsPolicy, allowed: boolean): HttpReply {
  writeOrigin(request, reply, policy, allowed);
  if (policy.exposedHeaders !== undefined && isOpen(policy, allowed)) {
    reply.headers['access-control-expose-headers'] = policy.exposedHeaders;
  }
  return reply;
}

function finish(request: HttpRequest, reply: HttpReply, policy: CorsPolicy, allowed: boolean): HttpReply {
  if (!isPreflight(request)) return writeHeaders(request, reply, policy, allowed);
  // A guard of the app may have refused the preflight, which never has credentials: the browser then asks in vain.
  closeBody(reply.body);
  const answer = new HttpReply();
  writeOrigin(request, answer, policy, allowed);
  addVary(answer.headers, 'Access-Control-Request-Method', 'Access-Control-Request-Headers');
  if (isOpen(policy, allowed)) writePermissions(request, answer, policy);
  return answer;
}

/** Whether the headers that open a reply are on it: a fixed origin is there for everybody, and the browser compares. */
function isOpen({ fixedOrigin }: CorsPolicy, allowed: boolean): boolean {
  return allowed || fixedOrigin !== undefined;
}

/** Caches keep replies for one origin apart from others, those without the header included. */
function writeOrigin(request: HttpRequest, { headers }: HttpReply, policy: CorsPolicy, allowed: boolean): void {
  // A reply that was fetched from elsewhere may have those of another server.
  delete headers['access-control-allow-origin'];
  delete headers['access-control-allow-credentials'];
  if (policy.fixedOrigin === undefined) addVary(headers, 'Origin');
  if (!isOpen(policy, allowed)) return;
  headers['access-control-allow-origin'] = policy.fixedOrigin ?? request.headers['origin']!;
  if (policy.credentials) headers['access-control-allow-credentials'] = 'true';
}

function writePermissions(request: HttpRequest, { headers }: HttpReply, policy: CorsPolicy): void {
  const method = request.headers[METHOD]!;
  const asked = request.headers[HEADERS];
  // The method alone: browsers keep each one that is named, and another route of the path may have another policy.
  if (isToken(method) && (policy.methods === undefined || policy.methods.includes(method.toUpperCase()))) {
    headers['access-control-allow-methods'] = method;
  }
  const allowedHeaders = policy.allowedHeaders ?? (asked?.split(',').every((name) => isToken(name.trim())) && asked);
  if (allowedHeaders) headers['access-control-allow-headers'] = allowedHeaders;
  if (policy.maxAge !== undefined) headers['access-control-max-age'] = policy.maxAge;
  if (!policy.privateNetwork) return;
  addVary(headers, 'Access-Control-Request-Private-Network');
  if (request.headers[PRIVATE_NETWORK] === 'true') headers['access-control-allow-private-network'] = 'true';
}

function isToken(text: string): boolean {
  return /^[!#$%&'*+\-.^_`|~\dA-Za-z]+$/.test(text);
}
