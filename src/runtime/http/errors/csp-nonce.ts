import { sharedByCopies } from '../../identity/copies.js';
import type { HttpRequest } from '../http-request.js';

/** Without `read` until the module of `securityHeaders` is loaded. */
export const cspNonces = sharedByCopies<{ read?: (request: HttpRequest) => string | undefined }>('csp-nonces', {});

/** The nonce for inline scripts and styles in the reply to a request; undefined in an app without `securityHeaders`. */
export function cspNonceOf(request: HttpRequest): string | undefined {
  return cspNonces.read?.(request);
}
