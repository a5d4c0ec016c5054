import { randomBytes } from 'node:crypto';
import { addReplyStep, type ReplyStep } from '../../dispatch/reply-steps.js';
import { cspNonces } from '../../http/errors/csp-nonce.js';
import type { HttpRequest } from '../../http/http-request.js';
import type { Middleware } from '../../http/middleware.js';
import { schemeOf } from '../../http/origin/origin.js';
import { viewValues } from '../../web/view-values.js';
import { readyMiddleware, settingsOf } from '../ready-middleware.js';
import { type CspDirectives, directiveMistakes, policyWriter, type WritePolicy } from './csp-policy.js';
import { nonces } from './nonces.js';

/** What {@link securityHeaders} takes. */
export interface SecurityHeadersOptions {
  /** Who may show pages in a frame: `'none'`, `'self'`, or a list of origins. Default: `'none'`. */
  frameAncestors?: 'none' | 'self' | readonly string[] | undefined;
  /** What other sites are told of the page that a link was on. Default: `strict-origin-when-cross-origin`. */
  referrerPolicy?: string | false | undefined;
  /**
   * For how long browsers use https alone, sent where the request is https. Default: one year, this host alone. With
   * `includeSubDomains` it holds for hosts that may have no https yet.
   */
  hsts?: { maxAge?: number; includeSubDomains?: boolean; preload?: boolean } | false | undefined;
  /**
   * Directives that are added to the policy, or replace those of the same name; `false` for one leaves it out, `false` for
   * all sends no policy beside `frame-ancestors`. Default: a page's own files, and inline scripts and styles with
   * `csp_nonce`.
   */
  contentSecurityPolicy?: CspDirectives | false | undefined;
  /** Whether browsers only report what the policy forbids. Default: false. */
  reportOnly?: boolean | undefined;
}

interface Settings {
  /** By lower-case name; the same on every reply. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly hsts: string | undefined;
  readonly policyName: string;
  readonly writePolicy: WritePolicy;
}

/**
 * Adds the headers that browsers protect users by, to every reply of the app: `x-content-type-options`,
 * `referrer-policy`, `strict-transport-security` and `content-security-policy`. A header that a reply has already stays.
 *
 * @see https://www.w3.org/TR/CSP3/
 * @example
 * ```ts
 * defineApp({ controllers, use: [securityHeaders({ contentSecurityPolicy: { 'img-src': ["'self'", 'https://img.example'] } })] });
 * ```
 */
export function securityHeaders(options: SecurityHeadersOptions = {}): Middleware {
  const mistakes = mistakesOf(options);
  const settings = mistakes.length === 0 ? settingsFrom(options) : undefined;
  return readyMiddleware('securityHeaders', { settings, mistakes, isForApps: true, run: (_request, next) => next() });
}

const YEAR = 365 * 24 * 3600;

function settingsFrom(options: SecurityHeadersOptions): Settings {
  const { frameAncestors = 'none', referrerPolicy = 'strict-origin-when-cross-origin', hsts = {} } = options;
  const { contentSecurityPolicy = {}, reportOnly = false } = options;
  const ancestors = typeof frameAncestors === 'string' ? [`'${frameAncestors}'`] : frameAncestors;
  const headers: [string, string][] = [['x-content-type-options', 'nosniff']];
  if (referrerPolicy !== false) headers.push(['referrer-policy', referrerPolicy]);
  return {
    headers,
    hsts: hsts === false ? undefined : hstsOf(hsts),
    policyName: reportOnly ? 'content-security-policy-report-only' : 'content-security-policy',
    writePolicy:
      contentSecurityPolicy === false
        ? () => `frame-ancestors ${ancestors.join(' ')}`
        : policyWriter(contentSecurityPolicy, ancestors),
  };
}

function hstsOf({
  maxAge = YEAR,
  includeSubDomains,
  preload,
}: Exclude<SecurityHeadersOptions['hsts'], false | undefined>) {
  return `max-age=${maxAge}${includeSubDomains ? '; includeSubDomains' : ''}${preload ? '; preload' : ''}`;
}

/**
 * The nonce of the reply to a request, for inline scripts and styles: `<script nonce="…">`. Views have it as
 * `csp_nonce`. It is made when it is first read, and only then part of the policy. Undefined in an app without
 * {@link securityHeaders}.
 *
 * @example
 * ```ts
 * return new HttpReply(`<style nonce="${cspNonce(request)}">…</style>`, { headers: { 'content-type': 'text/html' } });
 * ```
 */
export function cspNonce(request: HttpRequest): string | undefined {
  if (settingsOf<Settings>('securityHeaders', request) === undefined) return undefined;
  let nonce = nonces.get(request);
  if (nonce === undefined) {
    nonce = randomBytes(16).toString('base64url');
    nonces.set(request, nonce);
  }
  return nonce;
}

const addHeaders: ReplyStep = (request, reply) => {
  const settings = settingsOf<Settings>('securityHeaders', request);
  if (settings === undefined) return reply;
  const { headers } = reply;
  for (const [name, value] of settings.headers) headers[name] ??= value;
  // A 304 updates the headers of a page that a cache has, whose nonces are those of its own policy.
  if (reply.status !== 304) headers[settings.policyName] ??= settings.writePolicy(nonces.get(request));
  // RFC 6797 §7.2: never over plain http.
  if (settings.hsts !== undefined && isSecure(request)) headers['strict-transport-security'] ??= settings.hsts;
  return reply;
};

function isSecure(request: HttpRequest): boolean {
  try {
    return schemeOf(request) === 'https';
  } catch {
    // The headers of a hand-made event may be unreadable.
    return false;
  }
}

function mistakesOf(options: SecurityHeadersOptions): string[] {
  const { frameAncestors, referrerPolicy, hsts, contentSecurityPolicy } = options;
  const mistakes: string[] = [];
  if (Array.isArray(frameAncestors)) {
    mistakes.push(...directiveMistakes({ 'frame-ancestors': frameAncestors }));
  } else if (frameAncestors !== undefined && frameAncestors !== 'none' && frameAncestors !== 'self') {
    mistakes.push("frameAncestors is neither 'none', 'self' nor a list of origins. Write one of them.");
  }
  if (referrerPolicy !== undefined && referrerPolicy !== false && !/^[a-z-]+(?:, ?[a-z-]+)*$/.test(referrerPolicy)) {
    mistakes.push(
      `referrerPolicy: ${JSON.stringify(referrerPolicy)} is not a policy. Write one such as 'no-referrer'.`,
    );
  }
  if (hsts !== undefined && hsts !== false) mistakes.push(...hstsMistakes(hsts));
  if (contentSecurityPolicy !== undefined && contentSecurityPolicy !== false) {
    mistakes.push(...directiveMistakes(contentSecurityPolicy));
  }
  return mistakes;
}

function hstsMistakes({
  maxAge = YEAR,
  includeSubDomains,
  preload,
}: Exclude<SecurityHeadersOptions['hsts'], false | undefined>) {
  if (!Number.isInteger(maxAge) || maxAge < 0) {
    return [`hsts: maxAge ${maxAge} is not a whole number of seconds. Correct it, or leave it out.`];
  }
  return preload && (!includeSubDomains || maxAge < YEAR)
    ? ['hsts: browsers preload a host only with includeSubDomains and a maxAge of a year. Add them, or remove preload.']
    : [];
}

cspNonces.read = cspNonce;
viewValues.set('csp_nonce', cspNonce);
addReplyStep('security-headers', addHeaders);
