import type { HttpRequest } from '../../http/http-request.js';
import { sharedByCopies } from '../../identity/copies.js';

/** The nonces that replies have, by request. */
export const nonces = sharedByCopies('nonces', new WeakMap<HttpRequest, string>());
